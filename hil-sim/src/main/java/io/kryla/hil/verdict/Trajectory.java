package io.kryla.hil.verdict;

import java.util.Arrays;

/**
 * Position, velocity and attitude over flight time, in columns: NED about home, attitude from body FRD to NED. Times
 * strictly increase and every number is finite. Immutable once built.
 */
public final class Trajectory {
    private final long[] timeNanos;
    private final double[] values;

    private static final int COLUMNS = 10;
    private static final int NORTH = 0;
    private static final int EAST = 1;
    private static final int DOWN = 2;
    private static final int VELOCITY_NORTH = 3;
    private static final int VELOCITY_EAST = 4;
    private static final int VELOCITY_DOWN = 5;
    private static final int ATTITUDE_W = 6;

    private Trajectory(long[] timeNanos, double[] values) {
        this.timeNanos = timeNanos;
        this.values = values;
    }

    public int size() {
        return timeNanos.length;
    }

    public long timeNanos(int i) {
        return timeNanos[i];
    }

    public double northMeters(int i) {
        return values[i * COLUMNS + NORTH];
    }

    public double eastMeters(int i) {
        return values[i * COLUMNS + EAST];
    }

    public double heightMeters(int i) {
        return -values[i * COLUMNS + DOWN];
    }

    public double horizontalSpeedMetersPerSecond(int i) {
        return StrictMath.hypot(values[i * COLUMNS + VELOCITY_NORTH], values[i * COLUMNS + VELOCITY_EAST]);
    }

    public double sinkRateMetersPerSecond(int i) {
        return values[i * COLUMNS + VELOCITY_DOWN];
    }

    /** Between the body's down axis and the world's. */
    public double tiltRadians(int i) {
        int at = i * COLUMNS + ATTITUDE_W;
        double x = values[at + 1];
        double y = values[at + 2];
        return StrictMath.acos(clamp(1 - 2 * (x * x + y * y)));
    }

    /** Of the rotation from this attitude to the other's. */
    public double rotationRadians(int i, Trajectory other, int j) {
        double dot = 0;
        for (int k = ATTITUDE_W; k < COLUMNS; k++) {
            dot += values[i * COLUMNS + k] * other.values[j * COLUMNS + k];
        }
        return 2 * StrictMath.acos(clamp(Math.abs(dot)));
    }

    private static double clamp(double cosine) {
        return Math.max(-1, Math.min(1, cosine));
    }

    /** Index of the sample at exactly that time, or less than 0. */
    public int indexAt(long time) {
        return Arrays.binarySearch(timeNanos, time);
    }

    /** First index at or after a time; {@link #size()} if there is none. */
    public int firstFrom(long time) {
        int at = Arrays.binarySearch(timeNanos, time);
        return at >= 0 ? at : -at - 1;
    }

    /** Last index at or before a time; -1 if there is none. */
    public int lastUpTo(long time) {
        int at = Arrays.binarySearch(timeNanos, time);
        return at >= 0 ? at : -at - 2;
    }

    /** Collects samples in their order; each must be sane. */
    static final class Builder {
        private final String codePrefix;
        private long[] timeNanos = new long[1024];
        private double[] values = new double[1024 * COLUMNS];
        private int size;

        /** @param codePrefix {@code TRUTH} or {@code TELEMETRY}, for what {@link RecordingException} says */
        Builder(String codePrefix) {
            this.codePrefix = codePrefix;
        }

        /** @param ten north, east, down, three velocities, attitude w, x, y, z */
        void add(long time, double... ten) {
            if (ten.length != COLUMNS) {
                throw new IllegalArgumentException("ten: " + ten.length + " values");
            }
            if (time < 0 || (size > 0 && time <= timeNanos[size - 1])) {
                throw refuse(time, "flight time does not increase");
            }
            double norm = 0;
            for (int k = 0; k < COLUMNS; k++) {
                if (!Double.isFinite(ten[k])) {
                    throw refuse(time, "a state holds what is not a number");
                }
                norm += k >= ATTITUDE_W ? ten[k] * ten[k] : 0;
            }
            if (Math.abs(norm - 1) > 1e-3) {
                throw refuse(time, "an attitude is not of unit norm");
            }
            if (size == timeNanos.length) {
                timeNanos = Arrays.copyOf(timeNanos, 2 * size);
                values = Arrays.copyOf(values, 2 * size * COLUMNS);
            }
            timeNanos[size] = time;
            double scale = 1 / Math.sqrt(norm);
            for (int k = 0; k < COLUMNS; k++) {
                values[size * COLUMNS + k] = k >= ATTITUDE_W ? ten[k] * scale : ten[k];
            }
            size++;
        }

        private RecordingException refuse(long time, String what) {
            return new RecordingException(codePrefix + "_INVALID", what + " at flight time " + time + " ns");
        }

        Trajectory build() {
            return new Trajectory(Arrays.copyOf(timeNanos, size), Arrays.copyOf(values, size * COLUMNS));
        }
    }
}
