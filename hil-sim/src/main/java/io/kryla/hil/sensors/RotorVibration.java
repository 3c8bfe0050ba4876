package io.kryla.hil.sensors;

import io.kryla.hil.physics.MulticopterDynamics;
import io.kryla.hil.physics.TrueStateView;

/**
 * What unbalanced rotors do to the IMU: a force that turns with each rotor, with its second and third harmonic. Sampled
 * without an anti-aliasing filter, so that harmonics beyond half the sampling rate fold back as they do on a board.
 *
 * <p>Phases turn on while nothing vibrates, so that they depend on the flight alone. Allocation-free.
 */
final class RotorVibration {
    private static final double STEP_SECONDS = MulticopterDynamics.STEP_NANOS * 1e-9;
    /** At which the amplitude is stated: 100 turns a second. */
    private static final double STATED_SPEED = 2 * StrictMath.PI * 100;

    private static final double FULL_TURN = 2 * StrictMath.PI;
    /** rad/s that the gyro sees by m/s² of vibration: its sensitivity to acceleration, and the board's own shaking; estimated. */
    private static final double RATE_BY_ACCELERATION = 0.003;

    private ImuFaults faults = ImuFaults.NONE;
    private double[] phases = new double[0];
    double x;
    double y;
    double z;

    void set(ImuFaults faults) {
        this.faults = faults;
        x = 0;
        y = 0;
        z = 0;
    }

    void advance(TrueStateView state) {
        if (phases.length != state.rotorCount()) {
            phases = new double[state.rotorCount()];
        }
        for (int i = 0; i < phases.length; i++) {
            phases[i] += state.rotorSpeedRadiansPerSecond(i) * STEP_SECONDS;
            phases[i] -= phases[i] >= FULL_TURN ? FULL_TURN : 0;
        }
        if (faults.vibrationMetersPerSecondSquared() > 0) {
            shake(state);
        }
    }

    private void shake(TrueStateView state) {
        x = 0;
        y = 0;
        z = 0;
        for (int i = 0; i < phases.length; i++) {
            double speed = state.rotorSpeedRadiansPerSecond(i) / STATED_SPEED;
            double amplitude = faults.vibrationMetersPerSecondSquared() * speed * speed;
            double c1 = StrictMath.cos(phases[i]);
            double s1 = StrictMath.sin(phases[i]);
            double c2 = c1 * c1 - s1 * s1;
            double s2 = 2 * s1 * c1;
            double second = amplitude * faults.secondHarmonicRatio();
            double third = amplitude * faults.thirdHarmonicRatio();
            double s3 = s2 * c1 + c2 * s1;
            x += amplitude * c1 + second * c2 + third * (c2 * c1 - s2 * s1);
            y += amplitude * s1 + second * s2 + third * s3;
            // Blades that pass the arms shake along the shaft.
            z += second * s2 + third * s3;
        }
    }

    double rateX() {
        return RATE_BY_ACCELERATION * y;
    }

    double rateY() {
        return RATE_BY_ACCELERATION * x;
    }

    double rateZ() {
        return RATE_BY_ACCELERATION * z;
    }
}
