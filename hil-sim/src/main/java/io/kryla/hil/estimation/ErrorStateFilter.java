package io.kryla.hil.estimation;

import static io.kryla.hil.estimation.ErrorCovariance.ACCELERATION_BIAS;
import static io.kryla.hil.estimation.ErrorCovariance.ATTITUDE;
import static io.kryla.hil.estimation.ErrorCovariance.GYRO_BIAS;
import static io.kryla.hil.estimation.ErrorCovariance.POSITION;
import static io.kryla.hil.estimation.ErrorCovariance.VELOCITY;

import io.kryla.hil.geometry.Attitude;

/**
 * Strapdown inertial navigation corrected by an error-state Kalman filter (local errors in body axes, as in J. Solà,
 * "Quaternion kinematics for the error-state Kalman filter", 2017, §§5–6).
 *
 * <p>The nominal state advances with every IMU sample; the covariance every 10 ms with the mean motion in between.
 * Allocation-free.
 */
final class ErrorStateFilter {
    private static final double GRAVITY = 9.80665;
    private static final int COVARIANCE_EVERY_SAMPLES = 10;

    // Process noise, a few times the reference IMU's density to cover vibration, the IMU's lever arm and linearisation.
    private static final double GYRO_NOISE_DENSITY = 1.0e-3;
    private static final double ACCELERATION_NOISE_DENSITY = 0.03;
    private static final double GYRO_BIAS_WALK = 4e-5;
    private static final double ACCELERATION_BIAS_WALK = 0.004;

    final Attitude attitude = new Attitude();
    final double[] velocity = new double[3];
    final double[] position = new double[3];
    final double[] gyroBias = new double[3];
    final double[] accelerationBias = new double[3];
    /** Of the newest sample, bias removed, body FRD. */
    final double[] bodyRate = new double[3];

    final ErrorCovariance covariance = new ErrorCovariance();

    private final MotionHistory history = new MotionHistory();
    private final double[] rotation = new double[9];
    private final double[] acceleration = new double[3];
    private final double[] rateSum = new double[3];
    private final double[] accelerationSum = new double[3];
    private double intervalSeconds;
    private int intervalSamples;

    /** At rest with the attitude just measured; where it is, is the origin. */
    void start(double roll, double pitch, double yaw, double gyroBiasX, double gyroBiasY, double gyroBiasZ) {
        attitude.setEuler(roll, pitch, yaw);
        for (int i = 0; i < 3; i++) {
            velocity[i] = 0;
            position[i] = 0;
            accelerationBias[i] = 0;
            rateSum[i] = 0;
            accelerationSum[i] = 0;
        }
        gyroBias[0] = gyroBiasX;
        gyroBias[1] = gyroBiasY;
        gyroBias[2] = gyroBiasZ;
        intervalSeconds = 0;
        intervalSamples = 0;
        history.clear();
        covariance.clear();
        covariance.grow(ATTITUDE, 2, square(0.03));
        covariance.grow(ATTITUDE + 2, 1, square(0.1));
        covariance.grow(VELOCITY, 3, square(0.1));
        covariance.grow(POSITION, 3, square(0.3));
        covariance.grow(GYRO_BIAS, 3, square(0.001));
        covariance.grow(ACCELERATION_BIAS, 3, square(0.2));
    }

    void predict(double ax, double ay, double az, double p, double q, double r, double dt, long flightTimeNanos) {
        bodyRate[0] = p - gyroBias[0];
        bodyRate[1] = q - gyroBias[1];
        bodyRate[2] = r - gyroBias[2];
        acceleration[0] = ax - accelerationBias[0];
        acceleration[1] = ay - accelerationBias[1];
        acceleration[2] = az - accelerationBias[2];
        attitude.turnByBodyAngle(bodyRate[0] * dt, bodyRate[1] * dt, bodyRate[2] * dt);
        attitude.toMatrix(rotation);
        for (int i = 0; i < 3; i++) {
            double inWorld = rotation[3 * i] * acceleration[0]
                    + rotation[3 * i + 1] * acceleration[1]
                    + rotation[3 * i + 2] * acceleration[2]
                    + (i == 2 ? GRAVITY : 0);
            position[i] += dt * (velocity[i] + 0.5 * dt * inWorld);
            velocity[i] += dt * inWorld;
            rateSum[i] += bodyRate[i];
            accelerationSum[i] += acceleration[i];
        }
        intervalSeconds += dt;
        if (++intervalSamples == COVARIANCE_EVERY_SAMPLES) {
            predictCovariance();
        }
        if (flightTimeNanos % MotionHistory.GRID_NANOS == 0) {
            history.remember(flightTimeNanos, position, velocity);
        }
    }

    private void predictCovariance() {
        for (int i = 0; i < 3; i++) {
            rateSum[i] /= intervalSamples;
            accelerationSum[i] /= intervalSamples;
        }
        covariance.propagate(rotation, rateSum, accelerationSum, intervalSeconds);
        covariance.grow(ATTITUDE, 3, square(GYRO_NOISE_DENSITY) * intervalSeconds);
        covariance.grow(VELOCITY, 3, square(ACCELERATION_NOISE_DENSITY) * intervalSeconds);
        covariance.grow(GYRO_BIAS, 3, square(GYRO_BIAS_WALK) * intervalSeconds);
        covariance.grow(ACCELERATION_BIAS, 3, square(ACCELERATION_BIAS_WALK) * intervalSeconds);
        for (int i = 0; i < 3; i++) {
            rateSum[i] = 0;
            accelerationSum[i] = 0;
        }
        intervalSeconds = 0;
        intervalSamples = 0;
    }

    /** Where the filter believed to be at a past time, as it believes now; the present where the past is forgotten. */
    double pastPosition(long flightTimeNanos, int axis) {
        return history.has(flightTimeNanos) ? history.position(flightTimeNanos, axis) : position[axis];
    }

    double pastVelocity(long flightTimeNanos, int axis) {
        return history.has(flightTimeNanos) ? history.velocity(flightTimeNanos, axis) : velocity[axis];
    }

    /** innovation² over its variance, of a measurement of one velocity or position axis. */
    double ratio(int index, double innovation, double sigma) {
        return innovation * innovation / (covariance.variance(index) + sigma * sigma);
    }

    /** Does what a gate decided: takes in, starts over, or leaves. */
    void apply(OutlierGate.Decision decision, int index, double innovation, double sigma) {
        if (decision == OutlierGate.Decision.ACCEPT) {
            correct(index, innovation, sigma);
        } else if (decision == OutlierGate.Decision.RESET) {
            restartAxis(index, innovation, sigma);
        }
    }

    /** Takes in a direct measurement of one axis of velocity or position. */
    void correct(int index, double innovation, double sigma) {
        int first = index - index % 3;
        double variance = covariance.innovationVariance(
                first, index == first ? 1 : 0, index == first + 1 ? 1 : 0, index == first + 2 ? 1 : 0, sigma * sigma);
        inject(covariance.shrink(variance), innovation);
    }

    /**
     * innovation² over its variance, of a magnetic heading. It turns with the attitude about down, and leans with it about
     * the horizontal: a tilt error swings a field that dips by {@code dip} (down over horizontal) sideways.
     */
    double headingRatio(double innovationRadians, double dipNorth, double dipEast, double sigmaRadians) {
        return innovationRadians * innovationRadians / headingVariance(dipNorth, dipEast, sigmaRadians);
    }

    void correctHeading(double innovationRadians, double dipNorth, double dipEast, double sigmaRadians) {
        inject(covariance.shrink(headingVariance(dipNorth, dipEast, sigmaRadians)), innovationRadians);
    }

    /** Sensitivity to a small world rotation is (−dipNorth, −dipEast, 1); the filter's errors are in body axes. */
    private double headingVariance(double dipNorth, double dipEast, double sigmaRadians) {
        double[] r = rotation;
        return covariance.innovationVariance(
                ATTITUDE,
                r[6] - dipNorth * r[0] - dipEast * r[3],
                r[7] - dipNorth * r[1] - dipEast * r[4],
                r[8] - dipNorth * r[2] - dipEast * r[5],
                sigmaRadians * sigmaRadians);
    }

    /** Starts one axis over from a measurement: value by the innovation, variance as given. */
    void restartAxis(int index, double innovation, double sigma) {
        covariance.reset(index, sigma * sigma);
        int axis = index % 3;
        if (index >= POSITION) {
            position[axis] += innovation;
            history.shift(axis, innovation, 0);
        } else {
            velocity[axis] += innovation;
            history.shift(axis, 0, innovation);
        }
    }

    private void inject(double[] gain, double innovation) {
        attitude.turnByBodyAngle(
                gain[ATTITUDE] * innovation, gain[ATTITUDE + 1] * innovation, gain[ATTITUDE + 2] * innovation);
        attitude.toMatrix(rotation);
        for (int i = 0; i < 3; i++) {
            double velocityStep = gain[VELOCITY + i] * innovation;
            double positionStep = gain[POSITION + i] * innovation;
            velocity[i] += velocityStep;
            position[i] += positionStep;
            gyroBias[i] += gain[GYRO_BIAS + i] * innovation;
            accelerationBias[i] += gain[ACCELERATION_BIAS + i] * innovation;
            history.shift(i, positionStep, velocityStep);
        }
    }

    /** Body FRD to NED of the present attitude, row-major; read-only. */
    double[] rotation() {
        return rotation;
    }

    private static double square(double x) {
        return x * x;
    }
}
