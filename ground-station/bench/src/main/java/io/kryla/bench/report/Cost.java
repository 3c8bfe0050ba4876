package io.kryla.bench.report;

import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What one operation of a benchmark took.
 *
 * @param cpuNanos of the whole process; the best iteration, since what disturbs only ever adds
 * @param garbageBytes the mean, since it is counted
 */
public record Cost(double cpuNanos, double garbageBytes) {
    private static final String MEMORY = "512m";

    /**
     * How long to measure.
     *
     * @param forks JVMs of their own; 0 runs in this one, to see that it runs: its numbers mean nothing
     */
    public record Effort(int warmups, int iterations, int iterationMillis, int forks) {}

    /** All benchmarks of a class by {@code Class.method}. */
    public static Map<String, Cost> measure(Class<?> benchmarks, Effort effort) throws RunnerException {
        Map<String, Cost> costs = new HashMap<>();
        for (RunResult result : new Runner(options(benchmarks, effort)).run()) {
            costs.put(
                    shortName(result),
                    new Cost(
                            secondary(result, CpuTimeProfiler.LABEL)
                                    .getStatistics()
                                    .getMin(),
                            secondary(result, "gc.alloc.rate.norm").getScore()));
        }
        return costs;
    }

    private static Options options(Class<?> benchmarks, Effort effort) {
        return new OptionsBuilder()
                .include(pattern(benchmarks))
                .warmupIterations(effort.warmups)
                .warmupTime(TimeValue.milliseconds(effort.iterationMillis))
                .measurementIterations(effort.iterations)
                .measurementTime(TimeValue.milliseconds(effort.iterationMillis))
                .forks(effort.forks)
                .jvmArgsAppend("-XX:+UseSerialGC", "-Xms" + MEMORY, "-Xmx" + MEMORY)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .addProfiler(CpuTimeProfiler.class)
                .addProfiler(GCProfiler.class)
                .build();
    }

    static String pattern(Class<?> benchmarks) {
        return benchmarks.getName().replace(".", "\\.") + "\\.";
    }

    /** Class and method. */
    private static String shortName(RunResult result) {
        String[] parts = result.getParams().getBenchmark().split("\\.");
        return parts[parts.length - 2] + "." + parts[parts.length - 1];
    }

    static Result<?> secondary(RunResult result, String label) {
        // Profilers may put a middle dot before their labels.
        return result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(label))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(label + " is missing among "
                        + result.getSecondaryResults().keySet()))
                .getValue();
    }
}
