package io.kryla.ground.record;

import io.kryla.ground.fleet.AirframeProof;
import io.kryla.identity.CrlSet;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.Digest;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.v1.LeafProof;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.ReceiverJoined;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A recorded flight after verification: everything up to its head was signed by the airframe, from its first leaf on. Holds
 * what is said of the flight as a whole; the records themselves go by while the file is verified ({@link FlightVerifier}).
 * Immutable.
 */
public final class RecordedFlight {
    private final EvidenceResult.Proven evidence;
    private final FlightContent content;
    private final FlightCheckpoint head;
    private final Digest sha256;

    RecordedFlight(EvidenceResult.Proven evidence, FlightContent content, FlightCheckpoint head, Digest sha256) {
        this.evidence = evidence;
        this.content = content;
        this.head = head;
        this.sha256 = sha256;
    }

    /**
     * Verifies a flight.mcap from the root certificate alone, in one pass and in the same memory whatever its size; see
     * {@link FlightVerifier} for its records.
     *
     * @param root known beforehand, from outside the file
     * @param anchor proof of the flight's FLIGHT_CLOSED leaf; see {@link FlightProofFile}
     * @param now for the age of the revocation lists
     * @throws io.kryla.keys.KrylaException STORAGE_FAILED when the file cannot be read
     */
    public static FlightVerdict verify(Path flightMcap, X509Certificate root, Optional<LeafProof> anchor, Instant now) {
        FlightVerifier verifier = FlightVerifier.of(root, now);
        return anchor.map(verifier::anchoredBy).orElse(verifier).verify(flightMcap);
    }

    public String serial() {
        return airframe().serial();
    }

    public FlightOrigin origin() {
        return head.origin();
    }

    /** The airframe as the evidence proves it. */
    public AirframeProof.Proven airframe() {
        return evidence.airframe();
    }

    /** Covers every leaf that is attested. */
    public FlightCheckpoint head() {
        return head;
    }

    /** The trust bundle that the recording carries, verified from the root: on it the verdict rests. */
    public TrustedBundle bundle() {
        return evidence.bundle();
    }

    /** The revocation lists that counted, to be read as of the time of verification. */
    public CrlSet crls() {
        return evidence.crls();
    }

    /** Age of the oldest revocation list that was needed, at the time of verification. */
    public Duration oldestCrl() {
        return evidence.oldestCrl();
    }

    /** SHA-256 of the file. */
    public Digest sha256() {
        return sha256;
    }

    /** The grounds that joined the log, at most its first 4,096; a flight that a ledger opened has its nonce here. */
    public List<ReceiverJoined> receivers() {
        return content.receivers();
    }

    /** Whether the ground that recorded joined the log. */
    public boolean recorderJoined() {
        return content.recorderJoined();
    }

    public long samples() {
        return content.samples();
    }

    /** From boot to the last sample. */
    public Duration flightTime() {
        return Duration.ofNanos(content.lastNanos());
    }

    /** Empty when the airframe did not close its log. */
    public Optional<LogCloseReason> closeReason() {
        return content.closeReason();
    }
}
