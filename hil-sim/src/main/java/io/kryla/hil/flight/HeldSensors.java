package io.kryla.hil.flight;

import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.geometry.Attitude;
import io.kryla.hil.physics.Site;
import io.kryla.hil.readings.SensorReadings;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.hil.sensors.SensorFaults;
import io.kryla.hil.sensors.SensorSuite;

/**
 * The inertial and magnetic sensors of a simulated airframe that somebody holds on a bench, rotors at rest. The same unit
 * (seed) has the same sensors in flight. Confined to one thread.
 */
public final class HeldSensors {
    /** At which all of these sensors are due. */
    private static final long PERIOD_NANOS = 10_000_000;

    private final HeldState state = new HeldState();
    private final SensorSuite sensors;
    private final SensorReadings readings = new SensorReadings();
    private final Attitude attitude = new Attitude();
    private long nanos;

    public HeldSensors(VehicleFile vehicle, Site site, long seed) {
        this.sensors = new SensorSuite(vehicle.sensors(), site, new RandomStreams(seed));
    }

    /** Takes effect from the next reading on. */
    public void setFaults(SensorFaults faults) {
        sensors.setFaults(faults);
    }

    /** Holds the body so; Z-Y-X Euler angles of body FRD in world NED. */
    public void hold(double rollRadians, double pitchRadians, double yawRadians) {
        attitude.setEuler(rollRadians, pitchRadians, yawRadians);
        state.hold(attitude);
    }

    /** What they read a hundredth of a second later, at rest in that attitude; overwritten by the next call. */
    public SensorReadings read() {
        nanos += PERIOD_NANOS;
        state.flightTimeNanos = nanos;
        sensors.sample(state, nanos, readings);
        return readings;
    }
}
