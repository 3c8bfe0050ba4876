package io.kryla.telemetry;

import io.kryla.keys.Digest;
import io.kryla.keys.Signature;
import io.kryla.keys.VerificationKey;
import io.kryla.tlog.Checkpoint;
import io.kryla.tlog.NoteVerifier;
import io.kryla.tlog.SignedCheckpoint;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A checkpoint of a flight log and the log key's signature over its note (protocol.md §6.4; C2SP tlog-checkpoint and
 * signed-note). The signature is over the note's text, which the receiver rebuilds from the wire form; holding one of
 * these says nothing until {@link #verifies}.
 *
 * @param signature Ed25519
 */
public record FlightCheckpoint(FlightOrigin origin, long size, Digest root, Signature signature) {
    /** Wire form: size (8 bytes, big-endian), root (32), signature (64). */
    public static final int WIRE_BYTES = Long.BYTES + Digest.LENGTH + 64;

    public FlightCheckpoint {
        if (size < 1) {
            throw new IllegalArgumentException("size is " + size + ", a checkpoint covers at least one leaf");
        }
    }

    /** Empty when the bytes are not a wire form; the signature is not looked at. */
    public static Optional<FlightCheckpoint> parseWire(FlightOrigin origin, byte[] wire) {
        if (wire.length != WIRE_BYTES) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(wire);
        long size = in.getLong();
        byte[] root = new byte[Digest.LENGTH];
        in.get(root);
        byte[] signature = new byte[in.remaining()];
        in.get(signature);
        return size < 1
                ? Optional.empty()
                : Optional.of(new FlightCheckpoint(origin, size, Digest.of(root), Signature.of(signature)));
    }

    public byte[] wire() {
        return ByteBuffer.allocate(WIRE_BYTES)
                .putLong(size)
                .put(root.bytes())
                .put(signature.bytes())
                .array();
    }

    /** Whether this key signed size and root under this origin. */
    public boolean verifies(VerificationKey logKey) {
        return verifier(logKey).verify(checkpoint().body(), signature);
    }

    public Checkpoint checkpoint() {
        return new Checkpoint(origin.text(), size, root);
    }

    /** The note as anyone can verify it: the signature line names the log's origin and the key. */
    public SignedCheckpoint note(VerificationKey logKey) {
        return SignedCheckpoint.of(checkpoint(), verifier(logKey).line(signature));
    }

    private NoteVerifier verifier(VerificationKey logKey) {
        return NoteVerifier.of(origin.text(), logKey);
    }
}
