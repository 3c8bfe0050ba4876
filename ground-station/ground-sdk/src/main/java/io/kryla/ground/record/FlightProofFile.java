package io.kryla.ground.record;

import com.google.protobuf.ByteString;
import io.kryla.v1.LeafProof;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A {@code flight.tlog-proof}: the C2SP tlog-proof of a FLIGHT_CLOSED leaf, with the leaf itself as the proof's extra data
 * (protocol.md §12.2), so that one file beside the recording anchors it. The leaf is authenticated by its own inclusion.
 */
public final class FlightProofFile {
    private static final String HEADER = "c2sp.org/tlog-proof@v1\n";
    private static final String EXTRA = "extra ";
    private static final int LONGEST = 256 * 1_024;

    /** @param proof its text is a tlog-proof without extra data */
    public static byte[] encode(LeafProof proof) {
        String text = proof.getTlogProof().toStringUtf8();
        if (!text.startsWith(HEADER) || text.startsWith(EXTRA, HEADER.length())) {
            throw new IllegalArgumentException("proof: a tlog-proof without extra data expected");
        }
        String leaf = Base64.getEncoder().encodeToString(proof.getLeaf().toByteArray());
        return (HEADER + EXTRA + leaf + "\n" + text.substring(HEADER.length())).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads an untrusted file; empty when it has another form. Nothing in it is verified. */
    public static Optional<LeafProof> decode(byte[] untrusted) {
        if (untrusted.length > LONGEST) {
            return Optional.empty();
        }
        String text = new String(untrusted, StandardCharsets.UTF_8);
        int leafAt = HEADER.length() + EXTRA.length();
        if (!text.startsWith(HEADER + EXTRA) || text.indexOf('\n', leafAt) < 0) {
            return Optional.empty();
        }
        int lineEnd = text.indexOf('\n', leafAt);
        try {
            LeafProof proof = LeafProof.newBuilder()
                    .setLeaf(ByteString.copyFrom(Base64.getDecoder().decode(text.substring(leafAt, lineEnd))))
                    .setTlogProof(ByteString.copyFromUtf8(HEADER + text.substring(lineEnd + 1)))
                    .build();
            // One form only: whatever would be written differently is refused.
            return java.util.Arrays.equals(encode(proof), untrusted) ? Optional.of(proof) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private FlightProofFile() {}
}
