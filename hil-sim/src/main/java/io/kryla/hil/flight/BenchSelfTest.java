package io.kryla.hil.flight;

import io.kryla.airframe.SelfTest;
import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.physics.InitialState;
import io.kryla.hil.physics.MulticopterDynamics;
import io.kryla.hil.physics.Site;
import io.kryla.hil.readings.SensorReadings;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.hil.sensors.SensorFaults;
import io.kryla.hil.sensors.SensorSuite;
import io.kryla.v1.MeasuredValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures a simulated airframe that stands on the bench with its rotors at rest, through its own sensors: means over
 * {@value #SECONDS} s of flight time. The same unit (seed) has the same sensors in flight. Defects are planted as {@link
 * SensorFaults}.
 *
 * <ul>
 *   <li>{@code accelerometer.norm} m/s², of the mean vector; about 9.8
 *   <li>{@code accelerometer.noise} m/s², {@code gyro.noise} rad/s: standard deviation of the noisiest axis;
 *       {@code accelerometer.quietest-axis} and {@code gyro.quietest-axis} give the least one, 0 where an axis is stuck
 *   <li>{@code gyro.bias} rad/s, norm of the mean vector; about 0
 *   <li>{@code magnetometer.norm} G, of the mean vector; 0.25 to 0.65 on Earth
 *   <li>{@code barometer.pressure} Pa, mean
 *   <li>{@code battery.voltage} V, mean at rest
 *   <li>{@code gnss.satellites} 1, least; 0 without a fix
 *   <li>{@code gnss.spread} m, greatest horizontal distance of a fix from their mean; absent without a fix
 * </ul>
 */
public final class BenchSelfTest implements SelfTest {
    private static final int SECONDS = 5;
    private static final int TICKS = SECONDS * 1000;

    private final VehicleFile vehicle;
    private final Site site;
    private final long seed;
    private final SensorFaults defects;
    private final Consumer<SensorReadings> calibration;

    public BenchSelfTest(VehicleFile vehicle, Site site, long seed, SensorFaults defects) {
        this(vehicle, site, seed, defects, readings -> {});
    }

    /** @param calibration changes each reading before it counts; may find values of sensors that were not due unchanged since */
    public BenchSelfTest(
            VehicleFile vehicle, Site site, long seed, SensorFaults defects, Consumer<SensorReadings> calibration) {
        this.vehicle = vehicle;
        this.site = site;
        this.seed = seed;
        this.defects = defects;
        this.calibration = calibration;
    }

    @Override
    public List<MeasuredValue> measure(List<String> names) {
        var measured = stand();
        var values = new ArrayList<MeasuredValue>();
        for (var name : names) {
            Optional.ofNullable(measured.get(name)).ifPresent(values::add);
        }
        return values;
    }

    private Map<String, MeasuredValue> stand() {
        var dynamics = new MulticopterDynamics(vehicle.vehicle(), site, InitialState.standing(vehicle.vehicle(), 0));
        var sensors = new SensorSuite(vehicle.sensors(), site, new RandomStreams(seed));
        sensors.setFaults(defects);
        var readings = new SensorReadings();
        var statistics = new BenchStatistics(site);
        for (int i = 0; i < TICKS; i++) {
            dynamics.step();
            sensors.sample(dynamics.state(), dynamics.state().flightTimeNanos(), readings);
            calibration.accept(readings);
            statistics.add(readings);
        }
        return statistics.values();
    }
}
