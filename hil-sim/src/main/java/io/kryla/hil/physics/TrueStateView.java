package io.kryla.hil.physics;

/**
 * The true state, read-only: the rig's word, for sensors, truth recordings and judges; never for a flight controller.
 *
 * <p>A live view: it changes with every step. World NED about the site's origin, body FRD, SI. Reading allocates nothing.
 */
public interface TrueStateView {
    long flightTimeNanos();

    double attitudeW();

    double attitudeX();

    double attitudeY();

    double attitudeZ();

    double bodyRateFrdXRadiansPerSecond();

    double bodyRateFrdYRadiansPerSecond();

    double bodyRateFrdZRadiansPerSecond();

    double angularAccelerationFrdXRadiansPerSecondSquared();

    double angularAccelerationFrdYRadiansPerSecondSquared();

    double angularAccelerationFrdZRadiansPerSecondSquared();

    double velocityNorthMetersPerSecond();

    double velocityEastMetersPerSecond();

    double velocityDownMetersPerSecond();

    double positionNorthMeters();

    double positionEastMeters();

    /** Zero at the site's ground; negative above it. */
    double positionDownMeters();

    /** Acceleration of the centre of mass without gravity: what an ideal accelerometer there reads. */
    double specificForceFrdXMetersPerSecondSquared();

    double specificForceFrdYMetersPerSecondSquared();

    double specificForceFrdZMetersPerSecondSquared();

    /** How far the centre of mass has moved from where the vehicle's design has it; zero on a sound airframe. */
    double centerOfMassShiftFrdXMeters();

    double centerOfMassShiftFrdYMeters();

    double centerOfMassShiftFrdZMeters();

    int rotorCount();

    double rotorSpeedRadiansPerSecond(int rotor);

    double batteryVoltageVolts();

    double batteryCurrentAmperes();

    /** Charge left over capacity, 0 to 1. */
    double batteryChargeRatio();

    /** True while any point of the airframe touches the ground. */
    boolean onGround();

    /** True while a point other than a foot touches: it has tipped over. */
    boolean hullTouchesGround();

    double windNorthMetersPerSecond();

    double windEastMetersPerSecond();

    double windDownMetersPerSecond();
}
