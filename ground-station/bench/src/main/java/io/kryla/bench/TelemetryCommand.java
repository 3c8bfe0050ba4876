package io.kryla.bench;

import io.kryla.bench.telemetry.BenchReport;
import io.kryla.bench.telemetry.TelemetryBench;
import io.kryla.bench.telemetry.TelemetryBench.Thoroughness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures telemetry on both sides, in process and over UDP. */
@Command(
        name = "telemetry",
        mixinStandardHelpOptions = true,
        description = {
            "Measures what a sample of telemetry costs the airframe and the ground, beside the Java MAVLink library in the"
                    + " same run, in CPU time.",
            "Prints a table and writes it as JSON. Page: docs/benchmarks.md."
        })
final class TelemetryCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // injected by the CLI library before call()
    private CommandSpec spec;

    @Option(names = "--quick", description = "Under three minutes, with more noise; about ten minutes otherwise.")
    private boolean quick;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "bench-report.json",
            description = "Where the report goes; ${DEFAULT-VALUE} unless said otherwise.")
    private Path out = Path.of("bench-report.json");

    @Override
    public Integer call() {
        Path folder = out.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder) || Files.isDirectory(out)) {
            throw new MeasurementException(
                    "NOT_WRITABLE",
                    "the report cannot be written",
                    out.toString(),
                    "name a file in a folder that exists and is writable",
                    new IOException(out.toString()));
        }
        BenchReport report = measure();
        report.print(spec.commandLine().getOut());
        try {
            report.write(out);
        } catch (IOException e) {
            throw new MeasurementException(
                    "NOT_WRITABLE", "the report was not written: " + e.getMessage(), out.toString(), "free space", e);
        }
        return report.allMet() ? 0 : 1;
    }

    private BenchReport measure() {
        try {
            Thoroughness thoroughness = quick ? Thoroughness.QUICK : Thoroughness.FULL;
            return new TelemetryBench(thoroughness, spec.commandLine().getErr()).run();
        } catch (RunnerException | IOException e) {
            throw new MeasurementException(
                    "BENCH_FAILED",
                    String.valueOf(e.getMessage()),
                    spec.qualifiedName(" "),
                    "free memory and processor, then run it again",
                    e);
        }
    }
}
