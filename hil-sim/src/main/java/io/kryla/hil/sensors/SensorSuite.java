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
    public SensorSuite(SensorSpecification specification, Site site, RandomStreams chance) {}

    /** Takes effect from the next sample on. */
    public void setFaults(SensorFaults faults) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes one sample; call it once after each physics step, with the flight time of the state.
     *
     * @param readings overwritten: fresh flags, and the values of the sensors that are due
     */
    public void sample(TrueStateView state, long flightTimeNanos, SensorReadings readings) {
        throw new UnsupportedOperationException();
    }
}
