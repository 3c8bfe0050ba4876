package io.kryla.telemetry;

import io.kryla.keys.Digest;
import io.kryla.keys.Signature;
import io.kryla.keys.VerificationKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A checkpoint of a flight log and the log key's signature over its note (protocol.md §6.4; C2SP tlog-checkpoint and
 * signed-note). The signature is over the note's text, which the receiver rebuilds from the wire form; holding one of
 * these says nothing until {@link #verifies}.
 *
 * @param signature Ed25519
 */
public record SignedCheckpoint(FlightOrigin origin, long size, Digest root, Signature signature) {
    /** Wire form: size (8 bytes, big-endian), root (32), signature (64). */
    public static final int WIRE_BYTES = Long.BYTES + Digest.LENGTH + 64;

    public SignedCheckpoint {
        if (size < 1) {
            throw new IllegalArgumentException("size is " + size + ", a checkpoint covers at least one leaf");
        }
    }

    /** Empty when the bytes are not a wire form; the signature is not looked at. */
    public static Optional<SignedCheckpoint> parseWire(FlightOrigin origin, byte[] wire) {
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
                : Optional.of(new SignedCheckpoint(origin, size, Digest.of(root), Signature.of(signature)));
    }

    public byte[] wire() {
        return ByteBuffer.allocate(WIRE_BYTES)
                .putLong(size)
                .put(root.bytes())
                .put(signature.bytes())
                .array();
    }

    public boolean verifies(VerificationKey logKey) {
        return logKey.verify(noteText(origin, size, root), signature);
    }

    /** What is signed: origin, size and root in base64, each on a line (C2SP tlog-checkpoint). */
    static byte[] noteText(FlightOrigin origin, long size, Digest root) {
        String text = origin.text() + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root.bytes()) + "\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
