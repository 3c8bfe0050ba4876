package io.kryla.hil.physics;

/**
 * A rigid multicopter in the air and on the ground, stepped at a fixed rate.
 *
 * <p>The same calls give the same bits on every JVM. {@link #step} allocates nothing. Confined to one thread.
 */
public final class MulticopterDynamics {
    public static final long STEP_NANOS = 1_000_000;

    public MulticopterDynamics(Vehicle vehicle, Site site, InitialState initialState) {}

    /** Sets what each rotor is told, 0 to 1 of its maximum speed, from the next step on; values outside are clamped. */
    public void setRotorCommands(double[] commands) {
        throw new UnsupportedOperationException();
    }

    /** Scales one rotor's thrust from now on: 1 healthy, 0.6 a weak motor, 0 a lost blade. Its drag torque stays. */
    public void setRotorThrustScale(int rotor, double scale) {
        throw new UnsupportedOperationException();
    }

    public void setWind(Wind wind) {
        throw new UnsupportedOperationException();
    }

    /** Advances the world by {@link #STEP_NANOS}. */
    public void step() {
        throw new UnsupportedOperationException();
    }

    /** A live, read-only view; always the same object. */
    public TrueStateView state() {
        throw new UnsupportedOperationException();
    }
}
