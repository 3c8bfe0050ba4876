package io.kryla.factory.acceptance;

import io.kryla.keys.Digest;
import io.kryla.v1.AcceptanceLevel;

/**
 * What is going to be flown; the ledger holds it before the flight.
 *
 * @param simulatorBuild names the simulator's build, as the verdict does
 */
public record PlannedFlight(
        String serial,
        Digest planSha256,
        Digest vehicleSha256,
        long seed,
        String simulatorBuild,
        AcceptanceLevel level) {
    public PlannedFlight {
        if (level == AcceptanceLevel.ACCEPTANCE_LEVEL_UNSPECIFIED || level == AcceptanceLevel.UNRECOGNIZED) {
            throw new IllegalArgumentException("level: DESIGN, SITL or BOARD expected, got " + level);
        }
    }
}
