package io.kryla.hil.sensors;

import io.kryla.hil.chance.GaussianSampler;
import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.physics.MulticopterDynamics;
import io.kryla.hil.physics.TrueStateView;
import io.kryla.hil.readings.SensorReadings;

/** Accelerometer and gyro on one chip, off the centre of mass, sampled at each physics step. */
final class InertialSensor {
    private static final double STEP_SECONDS = MulticopterDynamics.STEP_NANOS * 1e-9;
    /** Biases wander over minutes: advancing them at 100 Hz loses nothing. */
    private static final int BIAS_EVERY_SAMPLES = 10;

    private final SensorSpecification.Imu imu;
    private final AxisChannels channels;
    private final double accelerometerSigma;
    private final double gyroSigma;
    private final GaussianSampler accelerometerNoise;
    private final GaussianSampler gyroNoise;
    private final BiasWalk[] accelerometerBias = new BiasWalk[3];
    private final BiasWalk[] gyroBias = new BiasWalk[3];
    private int samples;

    InertialSensor(SensorSpecification.Imu imu, AxisChannels channels, RandomStreams chance) {
        this.imu = imu;
        this.channels = channels;
        double perSample = 1 / Math.sqrt(STEP_SECONDS);
        accelerometerSigma = imu.accelerometerNoiseDensity() * perSample;
        gyroSigma = imu.gyroNoiseDensity() * perSample;
        accelerometerNoise = chance.gaussian("accelerometer noise");
        gyroNoise = chance.gaussian("gyro noise");
        double biasInterval = BIAS_EVERY_SAMPLES * STEP_SECONDS;
        for (int axis = 0; axis < 3; axis++) {
            accelerometerBias[axis] =
                    new BiasWalk(imu.accelerometerBias(), biasInterval, chance.gaussian("accelerometer bias " + axis));
            gyroBias[axis] = new BiasWalk(imu.gyroBias(), biasInterval, chance.gaussian("gyro bias " + axis));
        }
    }

    void sample(TrueStateView state, long flightTimeNanos, SensorReadings out) {
        if (samples++ % BIAS_EVERY_SAMPLES == 0) {
            for (int axis = 0; axis < 3; axis++) {
                accelerometerBias[axis].advance();
                gyroBias[axis].advance();
            }
        }
        double p = state.bodyRateFrdXRadiansPerSecond();
        double q = state.bodyRateFrdYRadiansPerSecond();
        double r = state.bodyRateFrdZRadiansPerSecond();
        double alphaX = state.angularAccelerationFrdXRadiansPerSecondSquared();
        double alphaY = state.angularAccelerationFrdYRadiansPerSecondSquared();
        double alphaZ = state.angularAccelerationFrdZRadiansPerSecondSquared();
        double x = imu.xFrdMeters();
        double y = imu.yFrdMeters();
        double z = imu.zFrdMeters();
        // Rigid body: a(r) = a(0) + α×r + ω×(ω×r).
        double along = p * x + q * y + r * z;
        double squared = p * p + q * q + r * r;
        double ax = state.specificForceFrdXMetersPerSecondSquared() + alphaY * z - alphaZ * y + p * along - squared * x;
        double ay = state.specificForceFrdYMetersPerSecondSquared() + alphaZ * x - alphaX * z + q * along - squared * y;
        double az = state.specificForceFrdZMetersPerSecondSquared() + alphaX * y - alphaY * x + r * along - squared * z;
        out.accelerationFrdXMetersPerSecondSquared = acceleration(SensorAxis.ACCELEROMETER_X, 0, ax);
        out.accelerationFrdYMetersPerSecondSquared = acceleration(SensorAxis.ACCELEROMETER_Y, 1, ay);
        out.accelerationFrdZMetersPerSecondSquared = acceleration(SensorAxis.ACCELEROMETER_Z, 2, az);
        out.bodyRateFrdXRadiansPerSecond = rate(SensorAxis.GYRO_X, 0, p);
        out.bodyRateFrdYRadiansPerSecond = rate(SensorAxis.GYRO_Y, 1, q);
        out.bodyRateFrdZRadiansPerSecond = rate(SensorAxis.GYRO_Z, 2, r);
        out.imuTimeNanos = flightTimeNanos;
        out.imuFresh = true;
    }

    private double acceleration(SensorAxis channel, int axis, double truth) {
        double value = truth + accelerometerBias[axis].value() + accelerometerSigma * accelerometerNoise.next();
        double range = imu.accelerometerRangeMetersPerSecondSquared();
        return channels.pass(channel, Math.max(-range, Math.min(range, value)));
    }

    private double rate(SensorAxis channel, int axis, double truth) {
        double value = truth + gyroBias[axis].value() + gyroSigma * gyroNoise.next();
        double range = imu.gyroRangeRadiansPerSecond();
        return channels.pass(channel, Math.max(-range, Math.min(range, value)));
    }
}
