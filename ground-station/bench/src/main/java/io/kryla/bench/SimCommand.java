package io.kryla.bench;

import io.kryla.bench.report.BenchReport;
import io.kryla.bench.sim.SimBench;
import io.kryla.bench.sim.SimBench.Thoroughness;
import java.io.IOException;
import java.io.PrintWriter;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the simulator, part by part and whole. */
@Command(
        name = "sim",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how many times faster than real time the simulator flies: its world, with its controller, and whole"
                    + " flights with sessions, recordings and verdicts.",
            "Prints a table and writes it as JSON. Page: docs/benchmarks.md."
        })
final class SimCommand extends ReportingCommand {
    @Option(names = "--quick", description = "Under a minute, with more noise; about five minutes otherwise.")
    private boolean quick;

    @Override
    BenchReport measure(PrintWriter progress) throws RunnerException, IOException {
        return new SimBench(quick ? Thoroughness.QUICK : Thoroughness.FULL, progress).run();
    }
}
