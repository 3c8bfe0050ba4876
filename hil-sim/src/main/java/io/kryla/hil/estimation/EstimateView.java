package io.kryla.hil.estimation;

/**
 * What a flight controller believes, read-only and live: it changes with every step. NED about home (the place of the
 * last arming; before that, of start-up), body FRD, SI. Reading allocates nothing.
 */
public interface EstimateView {
    /** True once it has an attitude. */
    boolean aligned();

    /** True once it is aligned, knows its place and its stated sigmas are small enough to fly. */
    boolean ready();

    double attitudeW();

    double attitudeX();

    double attitudeY();

    double attitudeZ();

    /** Measured rate less the estimated gyro bias. */
    double bodyRateFrdXRadiansPerSecond();

    double bodyRateFrdYRadiansPerSecond();

    double bodyRateFrdZRadiansPerSecond();

    double velocityNorthMetersPerSecond();

    double velocityEastMetersPerSecond();

    double velocityDownMetersPerSecond();

    double positionNorthMeters();

    double positionEastMeters();

    double positionDownMeters();

    double latitudeRadians();

    double longitudeRadians();

    double altitudeMslMeters();

    /** One standard deviation of the worse horizontal axis. */
    double horizontalPositionSigmaMeters();

    double verticalPositionSigmaMeters();

    /** True while GNSS fixes arrive and are used. */
    boolean gnssUsed();
}
