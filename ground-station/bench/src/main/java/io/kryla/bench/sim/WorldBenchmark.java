package io.kryla.bench.sim;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a millisecond of the simulated world takes on one core: an operation is a step of 1 ms. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WorldBenchmark {
    private final ReferenceFlight flight = new ReferenceFlight();

    /** Physics and every sensor. */
    @Benchmark
    @OperationsPerInvocation(ReferenceFlight.TICKS)
    public double world() {
        SimulatedWorld world = flight.atBoot();
        for (int tick = 0; tick < ReferenceFlight.TICKS; tick++) {
            world.replay(flight.commandsAt(tick));
        }
        return flight.checked(world);
    }

    /** The same flight with estimator and controller. */
    @Benchmark
    @OperationsPerInvocation(ReferenceFlight.TICKS)
    public double closedLoop() {
        SimulatedWorld world = flight.atBoot();
        for (int tick = 0; tick < ReferenceFlight.TICKS; tick++) {
            world.pilot();
            world.fly();
        }
        return flight.checked(world);
    }
}
