package io.kryla.hil.physics;

/** The live view over the arrays that the dynamics integrates. */
final class TrueState implements TrueStateView {
    private final double[] state;
    private final double[] derivative;
    private final int rotors;
    private final EquationsOfMotion motion;
    private final GroundContact ground;
    private final BatteryState battery;
    long flightTimeNanos;
    Damage.BodyVector centerOfMassShift = Damage.BodyVector.ZERO;

    TrueState(
            double[] state,
            double[] derivative,
            int rotors,
            EquationsOfMotion motion,
            GroundContact ground,
            BatteryState battery) {
        this.state = state;
        this.derivative = derivative;
        this.rotors = rotors;
        this.motion = motion;
        this.ground = ground;
        this.battery = battery;
    }

    @Override
    public long flightTimeNanos() {
        return flightTimeNanos;
    }

    @Override
    public double attitudeW() {
        return state[StateVector.ATTITUDE];
    }

    @Override
    public double attitudeX() {
        return state[StateVector.ATTITUDE + 1];
    }

    @Override
    public double attitudeY() {
        return state[StateVector.ATTITUDE + 2];
    }

    @Override
    public double attitudeZ() {
        return state[StateVector.ATTITUDE + 3];
    }

    @Override
    public double bodyRateFrdXRadiansPerSecond() {
        return state[StateVector.BODY_RATE];
    }

    @Override
    public double bodyRateFrdYRadiansPerSecond() {
        return state[StateVector.BODY_RATE + 1];
    }

    @Override
    public double bodyRateFrdZRadiansPerSecond() {
        return state[StateVector.BODY_RATE + 2];
    }

    @Override
    public double angularAccelerationFrdXRadiansPerSecondSquared() {
        return derivative[StateVector.BODY_RATE];
    }

    @Override
    public double angularAccelerationFrdYRadiansPerSecondSquared() {
        return derivative[StateVector.BODY_RATE + 1];
    }

    @Override
    public double angularAccelerationFrdZRadiansPerSecondSquared() {
        return derivative[StateVector.BODY_RATE + 2];
    }

    @Override
    public double velocityNorthMetersPerSecond() {
        return state[StateVector.VELOCITY];
    }

    @Override
    public double velocityEastMetersPerSecond() {
        return state[StateVector.VELOCITY + 1];
    }

    @Override
    public double velocityDownMetersPerSecond() {
        return state[StateVector.VELOCITY + 2];
    }

    @Override
    public double positionNorthMeters() {
        return state[StateVector.POSITION];
    }

    @Override
    public double positionEastMeters() {
        return state[StateVector.POSITION + 1];
    }

    @Override
    public double positionDownMeters() {
        return state[StateVector.POSITION + 2];
    }

    @Override
    public double specificForceFrdXMetersPerSecondSquared() {
        return motion.specificForceX();
    }

    @Override
    public double specificForceFrdYMetersPerSecondSquared() {
        return motion.specificForceY();
    }

    @Override
    public double specificForceFrdZMetersPerSecondSquared() {
        return motion.specificForceZ();
    }

    @Override
    public double centerOfMassShiftFrdXMeters() {
        return centerOfMassShift.x();
    }

    @Override
    public double centerOfMassShiftFrdYMeters() {
        return centerOfMassShift.y();
    }

    @Override
    public double centerOfMassShiftFrdZMeters() {
        return centerOfMassShift.z();
    }

    @Override
    public int rotorCount() {
        return rotors;
    }

    @Override
    public double rotorSpeedRadiansPerSecond(int rotor) {
        if (rotor < 0 || rotor >= rotors) {
            throw new IllegalArgumentException("rotor must lie in [0, " + (rotors - 1) + "], found " + rotor);
        }
        return state[StateVector.ROTOR_SPEED + rotor];
    }

    @Override
    public double batteryVoltageVolts() {
        return battery.volts();
    }

    @Override
    public double batteryCurrentAmperes() {
        return battery.amperes();
    }

    @Override
    public double batteryChargeRatio() {
        return battery.chargeRatio();
    }

    @Override
    public boolean onGround() {
        return ground.anyTouches();
    }

    @Override
    public boolean hullTouchesGround() {
        return ground.hullTouches();
    }

    @Override
    public double windNorthMetersPerSecond() {
        return motion.windNorth;
    }

    @Override
    public double windEastMetersPerSecond() {
        return motion.windEast;
    }

    @Override
    public double windDownMetersPerSecond() {
        return motion.windDown;
    }
}
