package io.kryla.hil.estimation;

import java.util.Arrays;

/**
 * Covariance of the fifteen errors of the filter and the two things a Kalman filter does with it: grow by the motion,
 * shrink by a scalar measurement.
 *
 * <p>Order: attitude (body FRD, rad), velocity and position (NED), gyro bias and accelerometer bias (body FRD). The
 * transition is sparse and is written out by blocks. Allocation-free.
 */
final class ErrorCovariance {
    static final int ATTITUDE = 0;
    static final int VELOCITY = 3;
    static final int POSITION = 6;
    static final int GYRO_BIAS = 9;
    static final int ACCELERATION_BIAS = 12;
    static final int SIZE = 15;

    private final double[] p = new double[SIZE * SIZE];
    private final double[] half = new double[SIZE * SIZE];
    private final double[] turn = new double[9];
    private final double[] lean = new double[9];
    private final double[] gain = new double[SIZE];
    private final double[] column = new double[SIZE];

    void clear() {
        Arrays.fill(p, 0);
    }

    double variance(int index) {
        return p[index * SIZE + index];
    }

    /** Forgets what is known of one error: the variance as given, no correlation with any other. */
    void reset(int index, double variance) {
        for (int i = 0; i < SIZE; i++) {
            p[index * SIZE + i] = 0;
            p[i * SIZE + index] = 0;
        }
        p[index * SIZE + index] = variance;
    }

    void grow(int first, int count, double variance) {
        for (int i = first; i < first + count; i++) {
            p[i * SIZE + i] += variance;
        }
    }

    /**
     * P ← F·P·Fᵀ over one interval: δθ turns with the body and drifts with the gyro bias, δv leans with δθ and drifts with
     * the accelerometer bias, δp integrates δv.
     *
     * @param r body FRD to NED, row-major
     */
    void propagate(double[] r, double[] bodyRate, double[] acceleration, double dt) {
        double x = bodyRate[0] * dt;
        double y = bodyRate[1] * dt;
        double z = bodyRate[2] * dt;
        turn[0] = 1;
        turn[1] = z;
        turn[2] = -y;
        turn[3] = -z;
        turn[4] = 1;
        turn[5] = x;
        turn[6] = y;
        turn[7] = -x;
        turn[8] = 1;
        for (int i = 0; i < 3; i++) {
            double rx = r[3 * i];
            double ry = r[3 * i + 1];
            double rz = r[3 * i + 2];
            // Row i of −R·[a]×·dt.
            lean[3 * i] = -dt * (ry * acceleration[2] - rz * acceleration[1]);
            lean[3 * i + 1] = -dt * (rz * acceleration[0] - rx * acceleration[2]);
            lean[3 * i + 2] = -dt * (rx * acceleration[1] - ry * acceleration[0]);
        }
        for (int j = 0; j < SIZE; j++) {
            transition(r, dt, p, j, SIZE, half, j, SIZE);
        }
        for (int i = 0; i < SIZE; i++) {
            transition(r, dt, half, i * SIZE, 1, p, i * SIZE, 1);
        }
    }

    /** out = F·in, for one column (or row) of a matrix: element k lies at offset + k·stride. */
    private void transition(
            double[] r, double dt, double[] in, int inAt, int inStride, double[] out, int outAt, int outStride) {
        double t0 = in[inAt];
        double t1 = in[inAt + inStride];
        double t2 = in[inAt + 2 * inStride];
        double b0 = in[inAt + ACCELERATION_BIAS * inStride];
        double b1 = in[inAt + (ACCELERATION_BIAS + 1) * inStride];
        double b2 = in[inAt + (ACCELERATION_BIAS + 2) * inStride];
        for (int i = 0; i < 3; i++) {
            double velocity = in[inAt + (VELOCITY + i) * inStride];
            double gyroBias = in[inAt + (GYRO_BIAS + i) * inStride];
            out[outAt + i * outStride] = turn[3 * i] * t0 + turn[3 * i + 1] * t1 + turn[3 * i + 2] * t2 - dt * gyroBias;
            out[outAt + (VELOCITY + i) * outStride] = velocity
                    + lean[3 * i] * t0
                    + lean[3 * i + 1] * t1
                    + lean[3 * i + 2] * t2
                    - dt * (r[3 * i] * b0 + r[3 * i + 1] * b1 + r[3 * i + 2] * b2);
            out[outAt + (POSITION + i) * outStride] = in[inAt + (POSITION + i) * inStride] + dt * velocity;
            out[outAt + (GYRO_BIAS + i) * outStride] = gyroBias;
        }
        out[outAt + ACCELERATION_BIAS * outStride] = b0;
        out[outAt + (ACCELERATION_BIAS + 1) * outStride] = b1;
        out[outAt + (ACCELERATION_BIAS + 2) * outStride] = b2;
    }

    /** Variance of the innovation of a measurement whose sensitivity is h over [first, first + 3), zero elsewhere. */
    double innovationVariance(int first, double h0, double h1, double h2, double noiseVariance) {
        for (int i = 0; i < SIZE; i++) {
            int row = i * SIZE + first;
            column[i] = p[row] * h0 + p[row + 1] * h1 + p[row + 2] * h2;
        }
        return column[first] * h0 + column[first + 1] * h1 + column[first + 2] * h2 + noiseVariance;
    }

    /** Takes in the measurement last given to {@link #innovationVariance}. @return the gains; valid until the next call */
    double[] shrink(double innovationVariance) {
        for (int i = 0; i < SIZE; i++) {
            gain[i] = column[i] / innovationVariance;
        }
        for (int i = 0; i < SIZE; i++) {
            for (int j = i; j < SIZE; j++) {
                double entry = 0.5 * (p[i * SIZE + j] + p[j * SIZE + i]) - gain[i] * column[j];
                p[i * SIZE + j] = entry;
                p[j * SIZE + i] = entry;
            }
            // Rounding must not make a variance negative.
            p[i * SIZE + i] = Math.max(p[i * SIZE + i], 1e-15);
        }
        return gain;
    }
}
