package io.kryla.ground.fleet;

import io.kryla.codec.RecordView;
import io.kryla.telemetry.FlightOrigin;

/**
 * Takes records of vehicle states of which may be claimed that they are ATTESTED, by leaf index, on the airframe's worker
 * thread. Must not block: nothing of this airframe goes on meanwhile. An exception ends the registration.
 */
@FunctionalInterface
public interface AttestedViewListener {
    /** @param record on the record until this returns, then moved to the next one: copy what is to be kept */
    void onAttested(FlightOrigin flight, RecordView record);
}
