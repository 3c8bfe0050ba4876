package io.kryla.telemetry;

import io.kryla.v1.TelemetryRecord;

/**
 * A record together with what may be claimed of it. The type is the claim: only {@link FlightLogReceiver} makes these, and
 * only after it has checked what the type says.
 */
public sealed interface Claimed permits AuthenticRecord, AttestedRecord {
    long leafIndex();

    TelemetryRecord record();

    /** A copy of the exact bytes whose hash is the leaf. */
    byte[] recordBytes();
}
