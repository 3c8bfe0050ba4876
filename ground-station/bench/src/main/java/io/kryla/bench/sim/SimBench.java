package io.kryla.bench.sim;

import io.kryla.bench.report.AllocationCount;
import io.kryla.bench.report.BenchReport;
import io.kryla.bench.report.Cost;
import io.kryla.bench.report.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.openjdk.jmh.runner.RunnerException;

/** Runs all benchmarks of the simulator and says what came of it (benchmarks.md). */
public final class SimBench {
    private static final String TIMES = "x real time";
    private static final String BYTES = "B/step";
    private static final double STEP_NANOS = 1_000_000;

    private static final double WORLD_TIMES = 2_000;
    private static final double CLOSED_LOOP_TIMES = 500;
    private static final double FLIGHT_TIMES = 100;
    private static final double CAMPAIGN_TIMES = 300;
    private static final double CAMPAIGN_MEBIBYTES = 4;

    /** jMAVSim at its fastest, with sensors, and with PX4 in lockstep: not measured in this run (benchmarks.md). */
    private static final double JMAVSIM_TIMES = 2_000;

    private static final double JMAVSIM_WITH_PX4_TIMES = 18.7;

    /** How long to measure. */
    public enum Thoroughness {
        /** Every benchmark once, to see that it runs: its numbers mean nothing. */
        SMOKE(new Cost.Effort(0, 1, 50, 0), 1, 2),
        /** Within a minute. */
        QUICK(new Cost.Effort(3, 5, 1_000, 1), 6, 40),
        FULL(new Cost.Effort(5, 10, 2_000, 3), 12, 1_000);

        private final Cost.Effort effort;
        private final int flights;
        private final int campaignFlights;

        Thoroughness(Cost.Effort effort, int flights, int campaignFlights) {
            this.effort = effort;
            this.flights = flights;
            this.campaignFlights = campaignFlights;
        }
    }

    private final Thoroughness thoroughness;
    private final PrintWriter progress;

    /** @param progress hears what is being measured */
    public SimBench(Thoroughness thoroughness, PrintWriter progress) {
        this.thoroughness = thoroughness;
        this.progress = progress;
    }

    public BenchReport run() throws RunnerException, IOException {
        say("physics, sensors, controller");
        Map<String, Cost> costs = Cost.measure(WorldBenchmark.class, thoroughness.effort);
        say("bytes a step");
        AllocationCount count = AllocationCount.of(StepGarbageBenchmark.class, thoroughness != Thoroughness.SMOKE);
        say("whole flights");
        double flight = WholeFlight.timesRealTime(thoroughness.flights);
        say("a campaign");
        WholeCampaign.Measured campaign = WholeCampaign.measure(thoroughness.campaignFlights);
        Machine machine = Machine.here();
        return BenchReport.of(List.of(
                machine.rate("sim.world", times(costs, "world"), TIMES, WORLD_TIMES, Optional.of(JMAVSIM_TIMES)),
                machine.cost("sim.world.garbage", bytesPerStep(count, "world"), BYTES, 0, Optional.empty()),
                machine.rate("sim.closed-loop", times(costs, "closedLoop"), TIMES, CLOSED_LOOP_TIMES, Optional.empty()),
                machine.cost("sim.closed-loop.garbage", bytesPerStep(count, "closedLoop"), BYTES, 0, Optional.empty()),
                machine.rate("sim.flight", flight, TIMES, FLIGHT_TIMES, Optional.of(JMAVSIM_WITH_PX4_TIMES)),
                machine.rate("sim.campaign", campaign.timesRealTime(), TIMES, CAMPAIGN_TIMES, Optional.empty()),
                machine.cost(
                        "sim.campaign.heap",
                        campaign.heapGrowthMebibytes(),
                        "MiB",
                        CAMPAIGN_MEBIBYTES,
                        Optional.empty())));
    }

    private void say(String what) {
        progress.println("measuring: " + what);
        progress.flush();
    }

    private static double times(Map<String, Cost> costs, String method) {
        return STEP_NANOS
                / Objects.requireNonNull(costs.get("WorldBenchmark." + method), method)
                        .cpuNanos();
    }

    private static double bytesPerStep(AllocationCount count, String counter) {
        return count.bytes(counter) / (ReferenceFlight.TICKS - StepGarbageBenchmark.FIRST);
    }
}
