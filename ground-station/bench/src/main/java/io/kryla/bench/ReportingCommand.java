package io.kryla.bench;

import io.kryla.bench.report.BenchReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that measures, prints a table and writes {@code bench-report.json}. */
abstract class ReportingCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // injected by the CLI library before call()
    private CommandSpec spec;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "bench-report.json",
            description = "Where the report goes; ${DEFAULT-VALUE} unless said otherwise.")
    private Path out = Path.of("bench-report.json");

    @Override
    public final Integer call() {
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

    /** @param progress hears what is being measured */
    abstract BenchReport measure(PrintWriter progress) throws RunnerException, IOException;

    private BenchReport measure() {
        try {
            return measure(spec.commandLine().getErr());
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
