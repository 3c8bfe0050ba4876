package io.kryla.hil.estimation;

/**
 * Position and velocity of the last 1.28 s on a 10 ms grid, so that a fix that arrives late is compared with where the
 * filter believed to be when the fix was true.
 */
final class MotionHistory {
    static final long GRID_NANOS = 10_000_000;
    private static final int SLOTS = 128;
    private static final int WIDTH = 6;

    private final double[] values = new double[SLOTS * WIDTH];
    private final long[] times = new long[SLOTS];
    private int count;

    void clear() {
        count = 0;
    }

    /** @param flightTimeNanos a multiple of the grid, later than all before */
    void remember(long flightTimeNanos, double[] position, double[] velocity) {
        int slot = slot(flightTimeNanos);
        times[slot] = flightTimeNanos;
        for (int i = 0; i < 3; i++) {
            values[slot * WIDTH + i] = position[i];
            values[slot * WIDTH + 3 + i] = velocity[i];
        }
        count = Math.min(count + 1, SLOTS);
    }

    boolean has(long flightTimeNanos) {
        return count > 0 && times[slot(flightTimeNanos)] == onGrid(flightTimeNanos);
    }

    double position(long flightTimeNanos, int axis) {
        return values[slot(flightTimeNanos) * WIDTH + axis];
    }

    double velocity(long flightTimeNanos, int axis) {
        return values[slot(flightTimeNanos) * WIDTH + 3 + axis];
    }

    /** What is corrected now was wrong before, too: shifts the whole past. */
    void shift(int axis, double positionMeters, double velocityMetersPerSecond) {
        for (int slot = 0; slot < SLOTS; slot++) {
            values[slot * WIDTH + axis] += positionMeters;
            values[slot * WIDTH + 3 + axis] += velocityMetersPerSecond;
        }
    }

    private static long onGrid(long flightTimeNanos) {
        return flightTimeNanos / GRID_NANOS * GRID_NANOS;
    }

    private static int slot(long flightTimeNanos) {
        return (int) (flightTimeNanos / GRID_NANOS % SLOTS);
    }
}
