package io.kryla.bench;

import io.kryla.bench.factory.FactoryBench;
import io.kryla.bench.factory.FactoryBench.Thoroughness;
import io.kryla.bench.report.BenchReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what a line's service, its witness and its auditor bear. */
@Command(
        name = "factory",
        mixinStandardHelpOptions = true,
        description = {
            "Measures grants and leaves for each second with a durable commit, certificates from a token, and leaves that an"
                    + " audit replays.",
            "Prints a table and writes it as JSON. Page: docs/benchmarks.md."
        })
final class FactoryCommand extends ReportingCommand {
    @Option(names = "--quick", description = "Within half a minute, with more noise; about two minutes otherwise.")
    private boolean quick;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Disk to measure on: a folder in it is made and removed (default: the current folder).")
    private Path disk = Path.of("");

    @Override
    BenchReport measure(PrintWriter progress) throws IOException {
        return new FactoryBench(quick ? Thoroughness.QUICK : Thoroughness.FULL, disk, progress).run();
    }
}
