package io.kryla.bench;

import io.kryla.bench.report.BenchReport;
import io.kryla.bench.telemetry.TelemetryBench;
import io.kryla.bench.telemetry.TelemetryBench.Thoroughness;
import java.io.IOException;
import java.io.PrintWriter;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures telemetry on both sides, in process and over UDP. */
@Command(
        name = "telemetry",
        mixinStandardHelpOptions = true,
        description = {
            "Measures what a sample of telemetry costs the airframe and the ground, beside the Java MAVLink library in the"
                    + " same run, in CPU time.",
            "Prints a table and writes it as JSON. Page: docs/benchmarks.md."
        })
final class TelemetryCommand extends ReportingCommand {
    @Option(names = "--quick", description = "Under three minutes, with more noise; about ten minutes otherwise.")
    private boolean quick;

    @Override
    BenchReport measure(PrintWriter progress) throws RunnerException, IOException {
        return new TelemetryBench(quick ? Thoroughness.QUICK : Thoroughness.FULL, progress).run();
    }
}
