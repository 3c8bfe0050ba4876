package io.kryla.ground.record;

import io.kryla.keys.KrylaException;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.v1.LeafProof;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Verifies flight.mcap files from the root certificate alone: container, trust bundle, birth, certificate chains with the
 * revocation lists of the recording, log key, every leaf under signed checkpoints, closing (protocol.md §12.1). One pass,
 * and the same memory whatever the size of the file. Hostile files are rejected, never thrown. Immutable.
 */
public final class FlightVerifier {
    private final X509Certificate root;
    private final Instant now;
    private final Optional<LeafProof> anchor;
    private final List<X509CRL> newer;

    private FlightVerifier(X509Certificate root, Instant now, Optional<LeafProof> anchor, List<X509CRL> newer) {
        this.root = root;
        this.now = now;
        this.anchor = anchor;
        this.newer = newer;
    }

    /**
     * @param root known beforehand, from outside the file
     * @param now for the age of the revocation lists
     */
    public static FlightVerifier of(X509Certificate root, Instant now) {
        return new FlightVerifier(root, now, Optional.empty(), List.of());
    }

    /** @param closed proof of the flight's FLIGHT_CLOSED leaf; see {@link FlightProofFile} */
    public FlightVerifier anchoredBy(LeafProof closed) {
        return new FlightVerifier(root, now, Optional.of(closed), newer);
    }

    /** Counts these revocation lists, too: who was revoked after the flight was recorded is in no list that it carries. */
    public FlightVerifier knowing(List<X509CRL> crls) {
        return new FlightVerifier(root, now, anchor, List.copyOf(crls));
    }

    /** @throws KrylaException STORAGE_FAILED when the file cannot be read */
    public FlightVerdict verify(Path flightMcap) {
        return verify(flightMcap, FlightSink.NONE);
    }

    /**
     * As {@link #verify(Path)}, and hands over the records as they are proven, by leaf index without a hole.
     *
     * @param attested called before the verdict is known: each record is attested, but the file may end badly
     */
    public FlightVerdict verify(Path flightMcap, Consumer<AttestedRecord> attested) {
        return verify(flightMcap, new FlightSink() {
            @Override
            public void onAttested(List<AttestedRecord> records, FlightCheckpoint checkpoint) {
                records.forEach(attested);
            }
        });
    }

    FlightVerdict verify(Path file, FlightSink sink) {
        EvidenceProver prover = new EvidenceProver(root, now, newer);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return new FlightVerification(prover::prove, sink).verify(in, Files.size(file), anchor);
        } catch (IOException e) {
            throw new KrylaException(
                    "STORAGE_FAILED", "cannot read " + file + ": " + e.getMessage() + "; check the path", true, e);
        }
    }
}
