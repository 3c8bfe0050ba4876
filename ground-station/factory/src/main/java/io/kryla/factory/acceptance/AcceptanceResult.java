package io.kryla.factory.acceptance;

import io.kryla.v1.Envelope;
import io.kryla.v1.LeafProof;

/** What the desk answers. */
public final class AcceptanceResult {
    private AcceptanceResult() {}

    /** What became of the wish to fly. */
    public sealed interface Opening permits Opened, Refused {}

    /** What became of closing an attempt. */
    public sealed interface Closing permits Closed, Refused {}

    /** What became of the wish for a record. */
    public sealed interface Certification permits Accepted, NotAccepted, Refused {}

    public record Opened(OpenedFlight flight) implements Opening {}

    /** FLIGHT_CLOSED stands at this index, durably; it may not be cosigned yet. */
    public record Closed(String serial, long index) implements Closing {}

    /**
     * The unit is ACCEPTED.
     *
     * @param record DSSE {@code AcceptanceRecord}
     * @param proof of the ACCEPTED leaf
     */
    public record Accepted(Envelope record, LeafProof proof) implements Certification {}

    /** The record of an attempt that did not pass; the ledger has no ACCEPTED leaf of it. */
    public record NotAccepted(Envelope record) implements Certification {}

    /** Nothing was changed. */
    public record Refused(String code, String reason) implements Opening, Closing, Certification {}
}
