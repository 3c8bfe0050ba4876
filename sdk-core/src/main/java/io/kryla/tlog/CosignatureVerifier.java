package io.kryla.tlog;

import io.kryla.keys.Signature;
import io.kryla.keys.VerificationKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/** Verifies one witness's cosignatures (C2SP tlog-cosignature v1, Ed25519, type 0x04). */
public final class CosignatureVerifier {
    private static final int LENGTH = 8 + 64;

    /** 9999-12-31T23:59:59Z: a time that every other format here can hold. */
    private static final long LATEST_SECOND = 253_402_300_799L;

    private final NoteKey noteKey;

    private CosignatureVerifier(NoteKey noteKey) {
        this.noteKey = noteKey;
    }

    /** Of the witness with this name and Ed25519 key. */
    public static CosignatureVerifier of(String name, VerificationKey ed25519) {
        return new CosignatureVerifier(new NoteKey(name, NoteKey.TYPE_COSIGNATURE_V1, ed25519));
    }

    /** Reads an untrusted verifier key (name+id+base64); empty unless its id is the one of its name and key. */
    public static Optional<CosignatureVerifier> fromVkey(String untrusted) {
        return VkeyText.parse(untrusted, NoteKey.TYPE_COSIGNATURE_V1).map(CosignatureVerifier::new);
    }

    public String name() {
        return noteKey.name();
    }

    public String vkey() {
        return noteKey.vkey();
    }

    /** The earliest time at which this witness cosigned the note; empty if it did not, or if a line of it is wrong. */
    public Optional<Instant> cosignedAt(Note note) {
        Optional<Instant> earliest = Optional.empty();
        for (NoteSignature line : note.signatures()) {
            if (!noteKey.made(line)) {
                continue;
            }
            Optional<Instant> at = verify(note.text(), line.signature());
            if (at.isEmpty()) {
                return Optional.empty();
            }
            earliest = earliest.filter(known -> known.isBefore(at.get())).or(() -> at);
        }
        return earliest;
    }

    private Optional<Instant> verify(String body, Signature timestamped) {
        byte[] bytes = timestamped.bytes();
        if (bytes.length != LENGTH) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long seconds = buffer.getLong();
        byte[] signature = new byte[buffer.remaining()];
        buffer.get(signature);
        if (seconds < 0 || seconds > LATEST_SECOND) {
            return Optional.empty();
        }
        return noteKey.key().verify(Cosigner.message(seconds, body), Signature.of(signature))
                ? Optional.of(Instant.ofEpochSecond(seconds))
                : Optional.empty();
    }
}
