package io.kryla.tlog;

import io.kryla.keys.Signature;
import io.kryla.keys.Signer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Cosigns checkpoints: "at that time this was the largest consistent tree I had seen of that log" (C2SP
 * tlog-cosignature v1, Ed25519, type 0x04). The key signs nothing else.
 */
public final class Cosigner {
    private static final int TIMESTAMP_LENGTH = 8;

    private final NoteKey noteKey;
    private final Signer signer;

    private Cosigner(String name, Signer signer) {
        this.noteKey = new NoteKey(name, NoteKey.TYPE_COSIGNATURE_V1, signer.key());
        this.signer = signer;
    }

    /** Signs as the witness with this name. */
    public static Cosigner of(String name, Signer ed25519) {
        return new Cosigner(name, ed25519);
    }

    public String name() {
        return noteKey.name();
    }

    /** Cosigns at whole seconds; the caller has checked consistency. */
    public NoteSignature cosign(Checkpoint checkpoint, Instant at) {
        long seconds = at.getEpochSecond();
        byte[] signature = signer.sign(message(seconds, checkpoint.body())).bytes();
        byte[] timestamped = ByteBuffer.allocate(TIMESTAMP_LENGTH + signature.length)
                .putLong(seconds)
                .put(signature)
                .array();
        return new NoteSignature(noteKey.name(), noteKey.keyId(), Signature.of(timestamped));
    }

    public CosignatureVerifier verifier() {
        return CosignatureVerifier.of(noteKey.name(), noteKey.key());
    }

    static byte[] message(long seconds, String body) {
        return ("cosignature/v1\ntime " + seconds + "\n" + body).getBytes(StandardCharsets.UTF_8);
    }
}
