package io.kryla.ground.record;

import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.FlightCheckpoint;
import java.util.List;

/** Takes what a recording proves while it is read: nothing that is not attested ever comes here. */
interface FlightSink {
    FlightSink NONE = new FlightSink() {
        @Override
        public void onAttested(List<AttestedRecord> records, FlightCheckpoint checkpoint) {}
    };

    /** Asked between chunks; false ends the reading. */
    default boolean wantsMore() {
        return true;
    }

    /** Once, before any record. */
    default void onProven(EvidenceResult.Proven evidence) {}

    /**
     * @param records the next ones by leaf index, without a hole since leaf 0
     * @param checkpoint covers exactly the records up to the last of these
     */
    void onAttested(List<AttestedRecord> records, FlightCheckpoint checkpoint);
}
