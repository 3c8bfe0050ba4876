package io.kryla.telemetry;

import io.kryla.codec.RecordView;
import io.kryla.v1.TelemetryRecord;

/**
 * A record together with what may be claimed of it. The type is the claim: only {@link FlightLogReceiver} makes these, and
 * only after it has checked what the type says.
 */
public sealed interface Claimed permits AuthenticRecord, AttestedRecord {
    long leafIndex();

    /** How many samples it holds, 1 or more. */
    int samples();

    /** As a message; made when it is first asked for. */
    TelemetryRecord record();

    /** A copy of the exact bytes whose hash is the leaf. */
    byte[] recordBytes();

    /** Whether all samples are vehicle states, so that a view can read it unless another version wrote it. */
    boolean holdsOnlyStates();

    /** Moves a view onto the record, without making a message; false when it holds anything but states of this version. */
    boolean readWith(RecordView view);
}
