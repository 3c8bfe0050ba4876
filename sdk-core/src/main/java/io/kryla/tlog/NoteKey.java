package io.kryla.tlog;

import io.kryla.keys.Digest;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.VerificationKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** Name, type and Ed25519 key of a note's signer, and the key id that follows from them (C2SP signed-note). */
final class NoteKey {
    /** Ed25519 over the note text. */
    static final byte TYPE_ED25519 = 0x01;

    /** Timestamped Ed25519 cosignature of a checkpoint (C2SP tlog-cosignature). */
    static final byte TYPE_COSIGNATURE_V1 = 0x04;

    private final String name;
    private final byte type;
    private final VerificationKey key;
    private final int keyId;

    NoteKey(String name, byte type, VerificationKey key) {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "name: printable characters without space and plus expected, got: " + name);
        }
        if (key.algorithm() != SignatureAlgorithm.ED25519) {
            throw new IllegalArgumentException("key: Ed25519 expected, got " + key.algorithm());
        }
        this.name = name;
        this.type = type;
        this.key = key;
        byte[] id = Digest.sha256((name + "\n").getBytes(StandardCharsets.UTF_8), new byte[] {type}, key.rawBytes())
                .bytes();
        this.keyId = ByteBuffer.wrap(id).getInt();
    }

    /** Non-empty, no Unicode space, no plus, no control character. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.codePoints()
                        .noneMatch(c -> c == '+'
                                || Character.isWhitespace(c)
                                || Character.isSpaceChar(c)
                                || Character.isISOControl(c)
                                || Character.getType(c) == Character.SURROGATE);
    }

    String name() {
        return name;
    }

    VerificationKey key() {
        return key;
    }

    int keyId() {
        return keyId;
    }

    boolean made(NoteSignature signature) {
        return signature.keyId() == keyId && signature.name().equals(name);
    }

    /** The key as text: name+id+base64(type ‖ key). */
    String vkey() {
        byte[] raw = key.rawBytes();
        byte[] typed = ByteBuffer.allocate(1 + raw.length).put(type).put(raw).array();
        return name + "+" + HexFormat.of().toHexDigits(keyId) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }
}
