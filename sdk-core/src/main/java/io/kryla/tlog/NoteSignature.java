package io.kryla.tlog;

import io.kryla.keys.Signature;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/** One signature line of a note: who signed, and the bytes that the key's type gives a meaning. */
public record NoteSignature(String name, int keyId, Signature signature) {
    private static final String DASH = "\u2014 ";
    private static final int KEY_ID_LENGTH = 4;

    public NoteSignature {
        if (!NoteKey.isName(name)) {
            throw new IllegalArgumentException(
                    "name: printable characters without space and plus expected, got: " + name);
        }
    }

    /** The line without its newline. */
    String line() {
        byte[] bytes = signature.bytes();
        byte[] all = ByteBuffer.allocate(KEY_ID_LENGTH + bytes.length)
                .putInt(keyId)
                .put(bytes)
                .array();
        return DASH + name + " " + Base64.getEncoder().encodeToString(all);
    }

    static Optional<NoteSignature> parse(String untrustedLine) {
        int space = untrustedLine.lastIndexOf(' ');
        if (!untrustedLine.startsWith(DASH) || space < DASH.length()) {
            return Optional.empty();
        }
        String name = untrustedLine.substring(DASH.length(), space);
        if (!NoteKey.isName(name)) {
            return Optional.empty();
        }
        return Text.base64(untrustedLine.substring(space + 1))
                .filter(bytes -> bytes.length > KEY_ID_LENGTH)
                .map(bytes -> {
                    ByteBuffer buffer = ByteBuffer.wrap(bytes);
                    int keyId = buffer.getInt();
                    byte[] signature = new byte[buffer.remaining()];
                    buffer.get(signature);
                    return new NoteSignature(name, keyId, Signature.of(signature));
                });
    }
}
