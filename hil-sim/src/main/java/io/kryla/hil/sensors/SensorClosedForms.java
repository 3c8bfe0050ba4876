package io.kryla.hil.sensors;

import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.closedform.ClosedFormCheck;
import io.kryla.hil.physics.InitialState;
import io.kryla.hil.physics.MulticopterDynamics;
import io.kryla.hil.physics.Site;
import io.kryla.hil.physics.TrueStateView;
import io.kryla.hil.physics.Vehicle;
import io.kryla.hil.readings.SensorReadings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What an instrument maker would measure of the sensors: their Allan deviations, and how late a fix is. */
public final class SensorClosedForms {
    private static final long SEED = 9;
    private static final int HOUR_STEPS = 3_600_000;

    private final List<ClosedFormCheck> checks = new ArrayList<>();

    private SensorClosedForms() {}

    /** An hour of readings; some seconds. */
    public static List<ClosedFormCheck> all() {
        var forms = new SensorClosedForms();
        forms.whiteNoise();
        forms.bias("gyro", SensorSpecification.reference().imu().gyroBias(), "rad/s");
        forms.bias("accelerometer", SensorSpecification.reference().imu().accelerometerBias(), "m/s²");
        forms.latency();
        return List.copyOf(forms.checks);
    }

    private void add(
            String subject,
            String quantity,
            String unit,
            double expected,
            double measured,
            double tolerance,
            String source) {
        checks.add(new ClosedFormCheck(subject, quantity, unit, expected, measured, tolerance, source));
    }

    private void whiteNoise() {
        SensorSpecification reference = SensorSpecification.reference();
        SensorSpecification.Imu imu = reference.imu();
        BiasProcess none = new BiasProcess(0, 0, 1);
        SensorSpecification unbiased = new SensorSpecification(
                new SensorSpecification.Imu(
                        imu.accelerometerNoiseDensity(),
                        none,
                        imu.accelerometerRangeMetersPerSecondSquared(),
                        imu.gyroNoiseDensity(),
                        none,
                        imu.gyroRangeRadiansPerSecond(),
                        0,
                        0,
                        0),
                reference.magnetometer(),
                reference.barometer(),
                reference.gnss(),
                reference.batteryMonitor());
        double gyro = secondAllan(unbiased, readings -> readings.bodyRateFrdYRadiansPerSecond);
        add(
                "gyro at rest for an hour",
                "Allan deviation at 1 s",
                "rad/s",
                imu.gyroNoiseDensity(),
                gyro,
                imu.gyroNoiseDensity() * 0.05,
                "N/√τ (IEEE Std 952, angle random walk), N of the vehicle file");
        double accelerometer = secondAllan(unbiased, readings -> readings.accelerationFrdXMetersPerSecondSquared);
        add(
                "accelerometer at rest for an hour",
                "Allan deviation at 1 s",
                "m/s²",
                imu.accelerometerNoiseDensity(),
                accelerometer,
                imu.accelerometerNoiseDensity() * 0.05,
                "N/√τ (IEEE Std 1293, velocity random walk), N of the vehicle file");
    }

    private static double secondAllan(SensorSpecification spec, ToDoubleFunction<SensorReadings> channel) {
        Site site = Site.reference();
        Vehicle vehicle = Vehicle.reference();
        TrueStateView still = new MulticopterDynamics(vehicle, site, InitialState.standing(vehicle, 0)).state();
        SensorSuite suite = new SensorSuite(spec, site, new RandomStreams(SEED));
        SensorReadings readings = new SensorReadings();
        double[] means = new double[HOUR_STEPS / 1_000];
        for (int i = 0; i < HOUR_STEPS; i++) {
            suite.sample(still, (i + 1) * MulticopterDynamics.STEP_NANOS, readings);
            means[i / 1_000] += channel.applyAsDouble(readings) / 1_000;
        }
        return allan(means);
    }

    /** Two-sample deviation of averages over neighbouring times. */
    private static double allan(double[] means) {
        double sum = 0;
        for (int i = 1; i < means.length; i++) {
            sum += (means[i] - means[i - 1]) * (means[i] - means[i - 1]);
        }
        return Math.sqrt(sum / (2 * (means.length - 1)));
    }

    private void bias(String sensor, BiasProcess process, String unit) {
        int seconds = 2_000_000;
        int tau = 100;
        BiasWalk walk = new BiasWalk(
                new BiasProcess(0, process.walkDensity(), process.correlationSeconds()),
                1,
                new RandomStreams(SEED).gaussian(sensor + " bias"));
        double[] means = new double[seconds / tau];
        for (int i = 0; i < seconds; i++) {
            walk.advance();
            means[i / tau] += walk.value() / tau;
        }
        double t = process.correlationSeconds();
        double x = tau / t;
        double sigma = process.stationarySigma();
        double expected = Math.sqrt(
                2 * sigma * sigma / x * (1 - (3 - 4 * StrictMath.exp(-x) + StrictMath.exp(-2 * x)) / (2 * x)));
        add(
                sensor + " bias over 23 days",
                "Allan deviation at 100 s",
                unit,
                expected,
                allan(means),
                expected * 0.05,
                "exponentially correlated noise, IEEE Std 952, annex C");
    }

    private void latency() {
        Site site = Site.reference();
        Vehicle vehicle = Vehicle.reference();
        MulticopterDynamics world =
                new MulticopterDynamics(vehicle, site, new InitialState(0, 0, -100, 10, 0, 0, 0, 0, 0, 0, 0, 0));
        SensorSuite suite = new SensorSuite(SensorSpecification.reference(), site, new RandomStreams(SEED));
        SensorReadings readings = new SensorReadings();
        do {
            world.step();
            suite.sample(world.state(), world.state().flightTimeNanos(), readings);
        } while (!readings.gnssFresh);
        add(
                "GNSS fix",
                "time from validity to delivery",
                "s",
                0.12,
                (world.state().flightTimeNanos() - readings.gnssTimeNanos) * 1e-9,
                0.001,
                "latency of the vehicle file, to one step");
    }
}
