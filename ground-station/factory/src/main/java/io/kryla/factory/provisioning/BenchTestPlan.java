package io.kryla.factory.provisioning;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.POSITIVE_INFINITY;

import java.util.List;

/**
 * What a multicopter with one inertial sensor, magnetometer, barometer, GNSS receiver and four lithium cells measures
 * while it stands on the bench with its rotors at rest. Means over some seconds.
 *
 * <p>Limits on noise catch a stuck axis from below and a loose sensor from above; they are about four standard deviations
 * of consumer sensors as their data sheets give them, rounded outward (estimated).
 */
public final class BenchTestPlan {
    private BenchTestPlan() {}

    /** Names and units are those of {@code SelfTest} on the airframe. */
    public static TestPlan multicopter() {
        return new TestPlan(
                "bench-multicopter-1",
                List.of(
                        // Turn-on bias 0.2 m/s² an axis, one standard deviation.
                        new MeasurementLimit("accelerometer.norm", "m/s²", 9.0, 10.6, 0.2),
                        new MeasurementLimit("accelerometer.noise", "m/s²", 0.005, 0.5, 0),
                        new MeasurementLimit("accelerometer.quietest-axis", "m/s²", 0.005, 0.5, 0),
                        // Turn-on bias 0.009 rad/s an axis, one standard deviation.
                        new MeasurementLimit("gyro.bias", "rad/s", NEGATIVE_INFINITY, 0.05, 0.01),
                        new MeasurementLimit("gyro.noise", "rad/s", 0.0005, 0.05, 0),
                        new MeasurementLimit("gyro.quietest-axis", "rad/s", 0.0005, 0.05, 0),
                        // The Earth's field is 0.25 to 0.65 G.
                        new MeasurementLimit("magnetometer.norm", "G", 0.25, 0.65, 0.02),
                        // Benches stand between 500 m below the sea and 3,000 m above it.
                        new MeasurementLimit("barometer.pressure", "Pa", 68_000, 108_000, 1_000),
                        new MeasurementLimit("battery.voltage", "V", 14.4, 17.0, 0.1),
                        new MeasurementLimit("gnss.satellites", "1", 6, POSITIVE_INFINITY, 2),
                        new MeasurementLimit("gnss.spread", "m", NEGATIVE_INFINITY, 2.0, 0.5)));
    }
}
