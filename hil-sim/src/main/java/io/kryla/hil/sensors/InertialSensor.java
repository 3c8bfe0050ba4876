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
    private final RotorVibration vibration = new RotorVibration();
    private final double[] mounting = new double[9];
    private boolean turned;
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

    void set(ImuFaults faults) {
        vibration.set(faults);
        turned = faults.turned();
        double cy = StrictMath.cos(faults.mountingYawRadians());
        double sy = StrictMath.sin(faults.mountingYawRadians());
        double cr = StrictMath.cos(faults.mountingRollRadians());
        double sr = StrictMath.sin(faults.mountingRollRadians());
        // From body FRD to the turned chip: the transpose of yaw·roll.
        mounting[0] = cy;
        mounting[1] = sy;
        mounting[2] = 0;
        mounting[3] = -sy * cr;
        mounting[4] = cy * cr;
        mounting[5] = sr;
        mounting[6] = sy * sr;
        mounting[7] = -cy * sr;
        mounting[8] = cr;
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
        double x = imu.xFrdMeters() - state.centerOfMassShiftFrdXMeters();
        double y = imu.yFrdMeters() - state.centerOfMassShiftFrdYMeters();
        double z = imu.zFrdMeters() - state.centerOfMassShiftFrdZMeters();
        // Rigid body: a(r) = a(0) + α×r + ω×(ω×r).
        double along = p * x + q * y + r * z;
        double squared = p * p + q * q + r * r;
        double ax = state.specificForceFrdXMetersPerSecondSquared() + alphaY * z - alphaZ * y + p * along - squared * x;
        double ay = state.specificForceFrdYMetersPerSecondSquared() + alphaZ * x - alphaX * z + q * along - squared * y;
        double az = state.specificForceFrdZMetersPerSecondSquared() + alphaX * y - alphaY * x + r * along - squared * z;
        vibration.advance(state);
        ax += vibration.x;
        ay += vibration.y;
        az += vibration.z;
        p += vibration.rateX();
        q += vibration.rateY();
        r += vibration.rateZ();
        out.accelerationFrdXMetersPerSecondSquared = acceleration(SensorAxis.ACCELEROMETER_X, 0, seen(0, ax, ay, az));
        out.accelerationFrdYMetersPerSecondSquared = acceleration(SensorAxis.ACCELEROMETER_Y, 1, seen(1, ax, ay, az));
        out.accelerationFrdZMetersPerSecondSquared = acceleration(SensorAxis.ACCELEROMETER_Z, 2, seen(2, ax, ay, az));
        out.bodyRateFrdXRadiansPerSecond = rate(SensorAxis.GYRO_X, 0, seen(0, p, q, r));
        out.bodyRateFrdYRadiansPerSecond = rate(SensorAxis.GYRO_Y, 1, seen(1, p, q, r));
        out.bodyRateFrdZRadiansPerSecond = rate(SensorAxis.GYRO_Z, 2, seen(2, p, q, r));
        out.imuTimeNanos = flightTimeNanos;
        out.imuFresh = true;
    }

    /** The part of a body vector that an axis of the chip sees. */
    private double seen(int axis, double x, double y, double z) {
        if (!turned) {
            return axis == 0 ? x : axis == 1 ? y : z;
        }
        return mounting[3 * axis] * x + mounting[3 * axis + 1] * y + mounting[3 * axis + 2] * z;
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
