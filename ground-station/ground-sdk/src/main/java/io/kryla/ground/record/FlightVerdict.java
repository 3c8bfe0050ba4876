package io.kryla.ground.record;

import io.kryla.tlog.Checkpoint;
import io.kryla.v1.FlightClosed;
import java.time.Instant;
import java.util.Optional;

/** What may be concluded from a recorded flight. */
public sealed interface FlightVerdict {
    /** Code of a recording that is whole, but whose log the airframe never closed. */
    String LOG_NOT_CLOSED = "LOG_NOT_CLOSED";

    /** ATTESTED: the airframe that the evidence proves signed every record of the flight. */
    record Attested(RecordedFlight flight) implements FlightVerdict {}

    /**
     * ANCHORED: attested, and a ledger closed this very file at that time, before a quorum of witnesses.
     *
     * @param index of FLIGHT_CLOSED in the ledger
     * @param cosignedAt the flight had ended by then
     */
    record Anchored(RecordedFlight flight, FlightClosed closed, long index, Checkpoint checkpoint, Instant cosignedAt)
            implements FlightVerdict {}

    /**
     * This is not a recorded flight.
     *
     * @param code stable: that of the first check that failed
     * @param where in the file: a byte offset, a leaf, or a part of the evidence
     * @param attested what the airframe did sign, from the first leaf on, of a file that is damaged or cut off further on
     */
    record Rejected(String code, String where, String reason, Optional<RecordedFlight> attested)
            implements FlightVerdict {}
}
