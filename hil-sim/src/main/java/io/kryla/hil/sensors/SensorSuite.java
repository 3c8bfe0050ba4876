package io.kryla.hil.sensors;

import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.physics.Site;
import io.kryla.hil.physics.TrueStateView;
import io.kryla.hil.readings.SensorReadings;

/**
 * All sensors of one airframe, seeded: the same seed and the same flight give the same readings to the bit, and a fault in
 * one sensor leaves the noise of the others as it was. Allocation-free while flying. Confined to one thread.
 */
public final class SensorSuite {
    /** So that not all slow sensors fall due on one tick. */
    private static final long BAROMETER_PHASE_NANOS = 5_000_000;

    private final AxisChannels channels;
    private final InertialSensor inertial;
    private final MagneticSensor magnetic;
    private final PressureSensor pressure;
    private final GnssReceiver gnss;
    private final BatterySensor battery;
    private SensorFaults faults = SensorFaults.none();

    public SensorSuite(SensorSpecification specification, Site site, RandomStreams chance) {
        channels = new AxisChannels(chance);
        inertial = new InertialSensor(specification.imu(), channels, chance);
        magnetic = new MagneticSensor(specification.magnetometer(), site, channels, chance);
        pressure = new PressureSensor(specification.barometer(), site, channels, chance);
        gnss = new GnssReceiver(specification.gnss(), site, chance);
        battery = new BatterySensor(specification.batteryMonitor(), chance);
    }

    /** Takes effect from the next sample on. */
    public void setFaults(SensorFaults faults) {
        this.faults = faults;
        channels.set(faults);
        inertial.set(faults.imu());
        magnetic.set(faults.magnetometer());
        pressure.set(faults.barometer());
    }

    /**
     * Takes one sample; call it once after each physics step, with the flight time of the state.
     *
     * @param readings overwritten: fresh flags, and the values of the sensors that are due
     */
    public void sample(TrueStateView state, long flightTimeNanos, SensorReadings readings) {
        readings.magnetometerFresh = false;
        readings.barometerFresh = false;
        readings.gnssFresh = false;
        readings.batteryFresh = false;
        inertial.sample(state, flightTimeNanos, readings);
        if (flightTimeNanos % MagneticSensor.PERIOD_NANOS == 0) {
            magnetic.sample(state, flightTimeNanos, readings);
        }
        if (flightTimeNanos % PressureSensor.PERIOD_NANOS == BAROMETER_PHASE_NANOS) {
            pressure.sample(state, flightTimeNanos, readings);
        }
        gnss.sample(state, flightTimeNanos, faults.gnss(), readings);
        if (flightTimeNanos % BatterySensor.PERIOD_NANOS == 0) {
            battery.sample(state, flightTimeNanos, readings);
        }
    }
}
