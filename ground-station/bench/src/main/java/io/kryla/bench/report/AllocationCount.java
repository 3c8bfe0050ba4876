package io.kryla.bench.report;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Bytes that a benchmark counted itself, once, in a JVM without escape analysis, which would take away objects as it
 * pleases.
 */
public final class AllocationCount {
    private final RunResult result;

    private AllocationCount(RunResult result) {
        this.result = result;
    }

    /**
     * Runs a class of one benchmark.
     *
     * @param fork false runs it in this JVM, to see that it runs: its number then means nothing
     */
    public static AllocationCount of(Class<?> benchmark, boolean fork) throws RunnerException {
        return new AllocationCount(new Runner(new OptionsBuilder()
                        .include(Cost.pattern(benchmark))
                        .mode(Mode.SingleShotTime)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .forks(fork ? 1 : 0)
                        .jvmArgsAppend("-XX:+UseSerialGC", "-XX:-DoEscapeAnalysis")
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .runSingle());
    }

    /** @param counter a public field of the benchmark's counters */
    public double bytes(String counter) {
        return Cost.secondary(result, counter).getScore();
    }
}
