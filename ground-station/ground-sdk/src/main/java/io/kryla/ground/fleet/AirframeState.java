package io.kryla.ground.fleet;

import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.LogRejection;
import java.util.Optional;

/**
 * Where a flight log stands.
 *
 * @param connected whether a session with the airframe is up
 * @param nextLeafIndex every leaf below it has arrived
 * @param attestedSize every leaf below it is under a verified checkpoint
 * @param closed whether the log is closed and attested to its last leaf
 * @param condemned why nothing more of the log is believed
 */
public record AirframeState(
        FlightOrigin origin,
        boolean connected,
        long nextLeafIndex,
        long attestedSize,
        boolean closed,
        Optional<LogRejection> condemned) {}
