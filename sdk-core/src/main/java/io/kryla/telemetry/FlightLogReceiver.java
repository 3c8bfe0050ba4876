package io.kryla.telemetry;

import io.kryla.keys.VerificationKey;
import io.kryla.v1.Acknowledgement;
import io.kryla.v1.LeafRange;
import java.util.List;
import java.util.Optional;

/**
 * The receiver's side of one flight log. Takes records and checkpoints in any order and any number of times, and says of
 * each record first that it is AUTHENTIC, later that it is ATTESTED.
 *
 * <p>The caller vouches that what it hands in came out of the session with the airframe. Hostile or contradictory input
 * is rejected, never thrown; a log that contradicts itself is condemned and takes nothing more. Memory is bounded. Not
 * thread-safe: one owner.
 */
public final class FlightLogReceiver {
    public FlightLogReceiver(FlightOrigin origin, VerificationKey logKey) {
        throw new UnsupportedOperationException();
    }

    /** Takes the exact bytes of a record. */
    public LogProgress receiveRecord(byte[] recordBytes) {
        throw new UnsupportedOperationException();
    }

    /** Takes a checkpoint in its wire form. */
    public LogProgress receiveCheckpoint(byte[] wire) {
        throw new UnsupportedOperationException();
    }

    /** Leaves to ask for again: holes below the newest leaf or checkpoint known; at most 64 ranges, lowest first. */
    public List<LeafRange> missing() {
        throw new UnsupportedOperationException();
    }

    /** Cumulative; what the airframe may forget. */
    public Acknowledgement acknowledgement() {
        throw new UnsupportedOperationException();
    }

    /** The newest checkpoint whose every leaf is here and whose root is theirs. */
    public Optional<SignedCheckpoint> head() {
        throw new UnsupportedOperationException();
    }

    /** Whether the log is closed and attested to its last leaf. */
    public boolean complete() {
        throw new UnsupportedOperationException();
    }

    /** Why the log is condemned, if it is. */
    public Optional<LogRejection> condemned() {
        throw new UnsupportedOperationException();
    }
}
