package io.kryla.ground.record;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.ground.fleet.AirframeProof;
import io.kryla.identity.CrlSet;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.Digest;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.v1.LeafProof;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.ReceiverJoined;
import io.kryla.v1.Sample;
import io.kryla.v1.TelemetryRecord;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A recorded flight after verification: everything in it was signed by the airframe, from its first leaf to its last.
 * Immutable.
 */
public final class RecordedFlight {
    private final AirframeProof.Proven airframe;
    private final TrustedBundle bundle;
    private final CrlSet crls;
    private final FlightCheckpoint head;
    private final List<byte[]> records;
    private final Digest sha256;

    RecordedFlight(
            AirframeProof.Proven airframe,
            TrustedBundle bundle,
            CrlSet crls,
            FlightCheckpoint head,
            List<byte[]> records,
            Digest sha256) {
        this.airframe = airframe;
        this.bundle = bundle;
        this.crls = crls;
        this.head = head;
        this.records = List.copyOf(records);
        this.sha256 = sha256;
    }

    /**
     * Verifies a flight.mcap from the root certificate alone: container, trust bundle, birth, certificate chains with the
     * revocation lists of the recording, log key, every leaf under signed checkpoints, closing. Hostile files are
     * rejected, never thrown.
     *
     * @param root known beforehand, from outside the file
     * @param anchor proof of the flight's FLIGHT_CLOSED leaf; see {@link FlightProofFile}
     * @param now for the age of the revocation lists
     * @throws io.kryla.keys.KrylaException STORAGE_FAILED when the file cannot be read
     */
    public static FlightVerdict verify(Path flightMcap, X509Certificate root, Optional<LeafProof> anchor, Instant now) {
        return new FlightVerification(root, now).verify(flightMcap, anchor);
    }

    public String serial() {
        return airframe.serial();
    }

    public FlightOrigin origin() {
        return head.origin();
    }

    /** The airframe as the evidence proves it. */
    public AirframeProof.Proven airframe() {
        return airframe;
    }

    /** Covers every leaf. */
    public FlightCheckpoint head() {
        return head;
    }

    /** The trust bundle that the recording carries, verified from the root: on it the verdict rests. */
    public TrustedBundle bundle() {
        return bundle;
    }

    /** The revocation lists that the recording carries, to be read as of the time of verification. */
    public CrlSet crls() {
        return crls;
    }

    /** SHA-256 of the file. */
    public Digest sha256() {
        return sha256;
    }

    /** Every sample of the flight in the order of its log; decoded anew at each iteration. */
    public Iterable<Sample> samples() {
        return () -> records.stream()
                .flatMap(bytes -> decode(bytes).getSamplesList().stream())
                .iterator();
    }

    /** The grounds that joined the log; a flight that a ledger opened carries its nonce here. */
    public List<ReceiverJoined> receivers() {
        List<ReceiverJoined> joined = new ArrayList<>();
        for (Sample sample : samples()) {
            if (sample.hasReceiverJoined()) {
                joined.add(sample.getReceiverJoined());
            }
        }
        return joined;
    }

    public LogCloseReason closeReason() {
        TelemetryRecord last = decode(records.get(records.size() - 1));
        return last.getSamples(last.getSamplesCount() - 1).getLogClosed().getReason();
    }

    private static TelemetryRecord decode(byte[] verified) {
        try {
            return TelemetryRecord.parseFrom(verified);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a record that was verified can be decoded", e);
        }
    }
}
