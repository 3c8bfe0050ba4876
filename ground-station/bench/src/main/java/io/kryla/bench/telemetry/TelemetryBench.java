package io.kryla.bench.telemetry;

import io.kryla.bench.loopback.LoopbackBench;
import io.kryla.bench.reference.ReferenceTelemetry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs all benchmarks of telemetry, peers included, and says what came of it. */
public final class TelemetryBench {
    private static final String NANOS = "ns/sample";
    private static final String BYTES = "B/sample";
    private static final String RATE = "samples/s";

    private static final double GROUND_BATCH_TIMES_PEER = 20;
    private static final double GROUND_SINGLE_TIMES_PEER = 7;
    private static final double GROUND_SINGLE_TIMES_PRIMITIVES = 2;
    private static final double DEVICE_TIMES_PEER = 20;
    private static final double DEVICE_GARBAGE_BYTES = 155;
    private static final double SFRAME_BYTES = 4;
    private static final double FRAMING_BYTES = 8;
    private static final double MAVLINK_FRAMING_BYTES = 25;
    private static final double LOOPBACK_SAMPLES_PER_SECOND = 2_000_000;
    private static final double LOOPBACK_TIMES_PEER = 10;

    /** How long to measure. */
    public enum Thoroughness {
        /** Every benchmark once, to see that it runs: its numbers mean nothing. */
        SMOKE(0, 1, 50, 1, 20),
        /** Within three minutes. */
        QUICK(5, 8, 1_000, 1, 2_000),
        FULL(5, 10, 2_000, 3, 5_000);

        private final int warmups;
        private final int iterations;
        private final int iterationMillis;
        private final int forks;
        private final int loopbackMillis;

        Thoroughness(int warmups, int iterations, int iterationMillis, int forks, int loopbackMillis) {
            this.warmups = warmups;
            this.iterations = iterations;
            this.iterationMillis = iterationMillis;
            this.forks = forks;
            this.loopbackMillis = loopbackMillis;
        }
    }

    private final Thoroughness thoroughness;
    private final PrintWriter progress;

    /** @param progress hears what is being measured */
    public TelemetryBench(Thoroughness thoroughness, PrintWriter progress) {
        this.thoroughness = thoroughness;
        this.progress = progress;
    }

    /** What a benchmark found for each operation. */
    private record Cost(double cpuNanos, double garbageBytes) {}

    public BenchReport run() throws RunnerException, IOException {
        Map<String, Cost> costs = new HashMap<>();
        for (Class<?> benchmarks : List.of(
                MavlinkBenchmark.class, PrimitivesBenchmark.class, GroundBenchmark.class, DeviceBenchmark.class)) {
            progress.println("measuring: " + benchmarks.getSimpleName());
            progress.flush();
            for (RunResult result : new Runner(options(benchmarks)).run()) {
                costs.put(shortName(result), cost(result));
            }
        }
        double ownGarbage = ownGarbage();
        progress.println("measuring: loopback UDP");
        progress.flush();
        LoopbackBench.Rates loopback = LoopbackBench.run(thoroughness.loopbackMillis);
        return BenchReport.of(rows(costs, ownGarbage, loopback));
    }

    /** In bytes a sample. */
    private double ownGarbage() throws RunnerException {
        Options options = new OptionsBuilder()
                .parent(options(GarbageBenchmark.class))
                .mode(Mode.SingleShotTime)
                .warmupIterations(0)
                .measurementIterations(1)
                .forks(thoroughness == Thoroughness.SMOKE ? 0 : 1)
                .jvmArgsAppend("-XX:+UseSerialGC", "-XX:-DoEscapeAnalysis")
                .build();
        RunResult result = new Runner(options).runSingle();
        double bytes = secondary(result, "whole").getScore()
                - secondary(result, "cipher").getScore();
        return bytes / GarbageBenchmark.DATAGRAMS / ReferenceTelemetry.SAMPLES_PER_DATAGRAM;
    }

    private Options options(Class<?> benchmarks) {
        return new OptionsBuilder()
                .include(benchmarks.getName().replace(".", "\\.") + "\\.")
                .warmupIterations(thoroughness.warmups)
                .warmupTime(TimeValue.milliseconds(thoroughness.iterationMillis))
                .measurementIterations(thoroughness.iterations)
                .measurementTime(TimeValue.milliseconds(thoroughness.iterationMillis))
                .forks(thoroughness == Thoroughness.SMOKE ? 0 : thoroughness.forks)
                .jvmArgsAppend("-XX:+UseSerialGC", "-Xms512m", "-Xmx512m")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .addProfiler(CpuTimeProfiler.class)
                .addProfiler(GCProfiler.class)
                .build();
    }

    /** Class and method. */
    private static String shortName(RunResult result) {
        String[] parts = result.getParams().getBenchmark().split("\\.");
        return parts[parts.length - 2] + "." + parts[parts.length - 1];
    }

    /** Of CPU time the best iteration, since what disturbs only ever adds; of garbage the mean, since it is counted. */
    private static Cost cost(RunResult result) {
        return new Cost(
                secondary(result, CpuTimeProfiler.LABEL).getStatistics().getMin(),
                secondary(result, "gc.alloc.rate.norm").getScore());
    }

    private static Result<?> secondary(RunResult result, String label) {
        // Profilers may put a middle dot before their labels.
        return result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(label))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(label + " is missing among "
                        + result.getSecondaryResults().keySet()))
                .getValue();
    }

    private static List<BenchRow> rows(Map<String, Cost> costs, double ownGarbage, LoopbackBench.Rates loopback)
            throws IOException {
        BenchRow.Machine machine = new BenchRow.Machine(System.getProperty("java.version"), cpuModel());
        Cost parse = of(costs, "MavlinkBenchmark.parseAndVerify");
        Cost sign = of(costs, "MavlinkBenchmark.sign");
        Cost primitives = of(costs, "PrimitivesBenchmark.openSingle");
        double groundBatch = of(costs, "GroundBenchmark.batch7").cpuNanos;
        double groundSingle = of(costs, "GroundBenchmark.single").cpuNanos;
        Cost device = of(costs, "DeviceBenchmark.batch7");
        return List.of(
                machine.cost(
                        "ground.batch7",
                        groundBatch,
                        NANOS,
                        parse.cpuNanos / GROUND_BATCH_TIMES_PEER,
                        Optional.of(parse.cpuNanos)),
                machine.cost(
                        "ground.single",
                        groundSingle,
                        NANOS,
                        parse.cpuNanos / GROUND_SINGLE_TIMES_PEER,
                        Optional.of(parse.cpuNanos)),
                machine.cost(
                        "ground.single.primitives",
                        groundSingle,
                        NANOS,
                        primitives.cpuNanos * GROUND_SINGLE_TIMES_PRIMITIVES,
                        Optional.of(primitives.cpuNanos)),
                machine.cost(
                        "device.batch7",
                        device.cpuNanos,
                        NANOS,
                        sign.cpuNanos / DEVICE_TIMES_PEER,
                        Optional.of(sign.cpuNanos)),
                machine.cost(
                        "device.garbage",
                        device.garbageBytes,
                        BYTES,
                        DEVICE_GARBAGE_BYTES,
                        Optional.of(sign.garbageBytes)),
                machine.cost("device.garbage.own", ownGarbage, BYTES, 0, Optional.empty()),
                machine.cost("framing.sframe", Framing.sframeBytesPerSample(), BYTES, SFRAME_BYTES, Optional.empty()),
                machine.cost(
                        "framing.all",
                        Framing.allBytesPerSample(),
                        BYTES,
                        FRAMING_BYTES,
                        Optional.of(MAVLINK_FRAMING_BYTES)),
                machine.rate(
                        "loopback.rate",
                        loopback.samplesPerSecond(),
                        RATE,
                        LOOPBACK_SAMPLES_PER_SECOND,
                        Optional.of(loopback.peerSamplesPerSecond())),
                machine.rate(
                        "loopback.peer",
                        loopback.samplesPerSecond(),
                        RATE,
                        loopback.peerSamplesPerSecond() * LOOPBACK_TIMES_PEER,
                        Optional.of(loopback.peerSamplesPerSecond())));
    }

    private static Cost of(Map<String, Cost> costs, String name) {
        Cost cost = costs.get(name);
        if (cost == null) {
            throw new IllegalStateException("no result of " + name + " among " + costs.keySet());
        }
        return cost;
    }

    private static String cpuModel() throws IOException {
        Path linux = Path.of("/proc/cpuinfo");
        String model = !Files.exists(linux)
                ? System.getProperty("os.arch")
                : Files.readAllLines(linux).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).trim())
                        .findFirst()
                        .orElse(System.getProperty("os.arch"));
        return model + ", " + Runtime.getRuntime().availableProcessors() + " cores";
    }
}
