package io.kryla.hil.flight;

import io.kryla.hil.geometry.Attitude;
import io.kryla.hil.physics.StandardAtmosphere;
import io.kryla.hil.physics.TrueStateView;

/** An airframe in somebody's hands: at rest in an attitude, a meter above the ground. */
final class HeldState implements TrueStateView {
    private static final double GRAVITY = StandardAtmosphere.GRAVITY_METERS_PER_SECOND_SQUARED;

    private final Attitude attitude = new Attitude();
    private final double[] rotation = new double[9];
    long flightTimeNanos;

    void hold(Attitude held) {
        attitude.set(held);
        Attitude.toMatrix(attitude.w, attitude.x, attitude.y, attitude.z, rotation);
    }

    @Override
    public long flightTimeNanos() {
        return flightTimeNanos;
    }

    @Override
    public double attitudeW() {
        return attitude.w;
    }

    @Override
    public double attitudeX() {
        return attitude.x;
    }

    @Override
    public double attitudeY() {
        return attitude.y;
    }

    @Override
    public double attitudeZ() {
        return attitude.z;
    }

    /** The hand carries its weight: up, in body axes. */
    @Override
    public double specificForceFrdXMetersPerSecondSquared() {
        return -rotation[6] * GRAVITY;
    }

    @Override
    public double specificForceFrdYMetersPerSecondSquared() {
        return -rotation[7] * GRAVITY;
    }

    @Override
    public double specificForceFrdZMetersPerSecondSquared() {
        return -rotation[8] * GRAVITY;
    }

    @Override
    public double bodyRateFrdXRadiansPerSecond() {
        return 0;
    }

    @Override
    public double bodyRateFrdYRadiansPerSecond() {
        return 0;
    }

    @Override
    public double bodyRateFrdZRadiansPerSecond() {
        return 0;
    }

    @Override
    public double angularAccelerationFrdXRadiansPerSecondSquared() {
        return 0;
    }

    @Override
    public double angularAccelerationFrdYRadiansPerSecondSquared() {
        return 0;
    }

    @Override
    public double angularAccelerationFrdZRadiansPerSecondSquared() {
        return 0;
    }

    @Override
    public double velocityNorthMetersPerSecond() {
        return 0;
    }

    @Override
    public double velocityEastMetersPerSecond() {
        return 0;
    }

    @Override
    public double velocityDownMetersPerSecond() {
        return 0;
    }

    @Override
    public double positionNorthMeters() {
        return 0;
    }

    @Override
    public double positionEastMeters() {
        return 0;
    }

    @Override
    public double batteryCurrentAmperes() {
        return 0;
    }

    @Override
    public double windNorthMetersPerSecond() {
        return 0;
    }

    @Override
    public double windEastMetersPerSecond() {
        return 0;
    }

    @Override
    public double windDownMetersPerSecond() {
        return 0;
    }

    @Override
    public double batteryVoltageVolts() {
        return 0;
    }

    @Override
    public double centerOfMassShiftFrdXMeters() {
        return 0;
    }

    @Override
    public double centerOfMassShiftFrdYMeters() {
        return 0;
    }

    @Override
    public double centerOfMassShiftFrdZMeters() {
        return 0;
    }

    @Override
    public double positionDownMeters() {
        return -1;
    }

    @Override
    public double batteryChargeRatio() {
        return 1;
    }

    @Override
    public int rotorCount() {
        return 0;
    }

    @Override
    public double rotorSpeedRadiansPerSecond(int rotor) {
        throw new IllegalArgumentException("rotor: none turns on a bench, got " + rotor);
    }

    @Override
    public boolean onGround() {
        return false;
    }

    @Override
    public boolean hullTouchesGround() {
        return false;
    }
}
