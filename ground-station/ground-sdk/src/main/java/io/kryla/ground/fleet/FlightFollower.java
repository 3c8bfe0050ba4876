package io.kryla.ground.fleet;

import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.FlightCheckpoint;
import java.util.List;

/**
 * Takes every attested record of a flight log, for those who must not lose any: a follower is called on the airframe's
 * worker thread before the records are acknowledged, so a slow one slows the airframe down. An exception detaches it.
 */
public interface FlightFollower {
    /**
     * @param records the next ones, by leaf index, without a hole since leaf 0 when attached from the start
     * @param checkpoint covers exactly the records up to the last of these
     */
    void onAttested(List<AttestedRecord> records, FlightCheckpoint checkpoint);

    /** The log is closed and attested to its last leaf. The last call, unless {@link #onAbandoned} is. */
    void onClosed(FlightCheckpoint head);

    /**
     * No more of this log will come: the airframe booted again, contradicted itself, kept nothing of what is missing here
     * (GONE_FROM_AIRFRAME), or the station closes.
     */
    void onAbandoned(String code);
}
