package io.kryla.hil.autopilot;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.kryla.hil.physics.Wind;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class AllocationTest {
    @Test
    void fliesWithoutAllocating() {
        var airframe = new SimulatedAirframe(1, Wind.calm()).hoveringAt(5);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        // Once first: classes that the measurement itself loads.
        threads.getThreadAllocatedBytes(self);
        long before = threads.getThreadAllocatedBytes(self);
        for (int i = 0; i < 10_000; i++) {
            airframe.world.setRotorCommands(airframe.commands);
            airframe.world.step();
            airframe.sensors.sample(airframe.truth, airframe.truth.flightTimeNanos(), airframe.readings);
            airframe.controller.step(airframe.readings, airframe.truth.flightTimeNanos(), airframe.commands);
        }
        assertThat(threads.getThreadAllocatedBytes(self) - before)
                .as("bytes in ten seconds of hover")
                .isLessThan(1_000);
    }
}
