package io.kryla.hil.estimation;

import io.kryla.hil.readings.SensorReadings;
import java.util.Arrays;

/**
 * First attitude and gyro bias from two seconds of standing still: gravity gives roll and pitch, the magnetometer heading.
 *
 * <p>It starts over when the vehicle moves or when a reading is implausible, so that a broken or shaken sensor never gives
 * an alignment: the mean must show about 1 g, a small rate and a field as on Earth, and each inertial channel must be
 * alive (noise that never changes is a stuck channel).
 */
final class StandstillAlignment {
    private static final int SAMPLES = 2_000;
    private static final double GRAVITY = 9.80665;
    /** About five sigma of the turn-on biases of the reference IMU. */
    private static final double GRAVITY_TOLERANCE = 1.0;

    private static final double GYRO_BIAS_LIMIT = 0.05;
    private static final double GYRO_MOTION_LIMIT = 0.15;
    private static final double LEAST_FIELD_TESLA = 20e-6;
    private static final double MOST_FIELD_TESLA = 70e-6;

    private final double[] inertialSum = new double[6];
    private final double[] previous = new double[6];
    private final int[] repeats = new int[6];
    private final double[] magneticSum = new double[3];
    private final double[] now = new double[6];
    private int samples;
    private int magneticSamples;

    void restart() {
        samples = 0;
        magneticSamples = 0;
        Arrays.fill(inertialSum, 0);
        Arrays.fill(magneticSum, 0);
        Arrays.fill(repeats, 0);
    }

    /** @return true once the means are good; then read them and restart */
    boolean add(SensorReadings readings) {
        now[0] = readings.accelerationFrdXMetersPerSecondSquared;
        now[1] = readings.accelerationFrdYMetersPerSecondSquared;
        now[2] = readings.accelerationFrdZMetersPerSecondSquared;
        now[3] = readings.bodyRateFrdXRadiansPerSecond;
        now[4] = readings.bodyRateFrdYRadiansPerSecond;
        now[5] = readings.bodyRateFrdZRadiansPerSecond;
        for (int i = 0; i < 6; i++) {
            if (i >= 3 && !(Math.abs(now[i]) < GYRO_MOTION_LIMIT)) {
                restart();
                return false;
            }
            inertialSum[i] += now[i];
            if (now[i] == previous[i]) {
                repeats[i]++;
            }
            previous[i] = now[i];
        }
        samples++;
        if (readings.magnetometerFresh) {
            magneticSum[0] += readings.magneticFieldFrdXTesla;
            magneticSum[1] += readings.magneticFieldFrdYTesla;
            magneticSum[2] += readings.magneticFieldFrdZTesla;
            magneticSamples++;
        }
        if (samples < SAMPLES) {
            return false;
        }
        boolean good = plausible();
        if (!good) {
            restart();
        }
        return good;
    }

    private boolean plausible() {
        for (int i = 0; i < 6; i++) {
            if (repeats[i] > SAMPLES / 2 || (i >= 3 && !(Math.abs(inertialSum[i] / samples) < GYRO_BIAS_LIMIT))) {
                return false;
            }
        }
        double gravity = norm(meanAcceleration(0), meanAcceleration(1), meanAcceleration(2));
        double field = norm(meanField(0), meanField(1), meanField(2));
        return Math.abs(gravity - GRAVITY) < GRAVITY_TOLERANCE
                && magneticSamples > 0
                && field > LEAST_FIELD_TESLA
                && field < MOST_FIELD_TESLA;
    }

    double meanAcceleration(int axis) {
        return inertialSum[axis] / samples;
    }

    double meanBodyRate(int axis) {
        return inertialSum[3 + axis] / samples;
    }

    double rollRadians() {
        return StrictMath.atan2(-meanAcceleration(1), -meanAcceleration(2));
    }

    double pitchRadians() {
        double side = Math.sqrt(meanAcceleration(1) * meanAcceleration(1) + meanAcceleration(2) * meanAcceleration(2));
        return StrictMath.atan2(meanAcceleration(0), side);
    }

    /** True heading: the field turned level by roll and pitch, less the declination. */
    double yawRadians(double declinationRadians) {
        double roll = rollRadians();
        double pitch = pitchRadians();
        double sr = StrictMath.sin(roll);
        double cr = StrictMath.cos(roll);
        double forward =
                meanField(0) * StrictMath.cos(pitch) + (meanField(1) * sr + meanField(2) * cr) * StrictMath.sin(pitch);
        double right = meanField(1) * cr - meanField(2) * sr;
        return declinationRadians - StrictMath.atan2(right, forward);
    }

    /** How steeply the field dips here: its part along gravity over its horizontal part. */
    double dipRatio() {
        double gravity = norm(meanAcceleration(0), meanAcceleration(1), meanAcceleration(2));
        double down = -(meanField(0) * meanAcceleration(0)
                        + meanField(1) * meanAcceleration(1)
                        + meanField(2) * meanAcceleration(2))
                / gravity;
        double field = norm(meanField(0), meanField(1), meanField(2));
        return down / Math.sqrt(field * field - down * down);
    }

    private double meanField(int axis) {
        return magneticSum[axis] / magneticSamples;
    }

    private static double norm(double x, double y, double z) {
        return Math.sqrt(x * x + y * y + z * z);
    }
}
