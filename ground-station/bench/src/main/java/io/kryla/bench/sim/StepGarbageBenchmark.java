package io.kryla.bench.sim;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a step allocates, to the byte, in hover: physics and sensors alone, then with the controller. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StepGarbageBenchmark {
    /** From here on the airframe hovers; what commands and their events take lies before. */
    static final int FIRST = 20_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ReferenceFlight flight = new ReferenceFlight();

    /** Public fields, as JMH reads them. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Bytes {
        public double world;
        public double closedLoop;
    }

    @Benchmark
    public double steps(Bytes bytes) {
        SimulatedWorld replayed = flight.atBoot();
        long start = 0;
        for (int tick = 0; tick < ReferenceFlight.TICKS; tick++) {
            start = tick == FIRST ? threads.getCurrentThreadAllocatedBytes() : start;
            replayed.replay(flight.commandsAt(tick));
        }
        bytes.world = threads.getCurrentThreadAllocatedBytes() - start;

        SimulatedWorld flown = flight.atBoot();
        for (int tick = 0; tick < ReferenceFlight.TICKS; tick++) {
            flown.pilot();
            start = tick == FIRST ? threads.getCurrentThreadAllocatedBytes() : start;
            flown.fly();
        }
        bytes.closedLoop = threads.getCurrentThreadAllocatedBytes() - start;
        return flight.checked(replayed) + flight.checked(flown);
    }
}
