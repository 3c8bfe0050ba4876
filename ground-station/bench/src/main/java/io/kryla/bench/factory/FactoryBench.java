package io.kryla.bench.factory;

import io.kryla.bench.report.BenchReport;
import io.kryla.bench.report.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs all benchmarks of the factory and says what came of it (benchmarks.md). */
public final class FactoryBench {
    private static final double GRANTS_A_SECOND = 1_000;
    private static final double LEAVES_A_SECOND = 2_000;
    private static final double SHARE_OF_TOKEN = 0.9;
    private static final double AUDITED_LEAVES_A_SECOND = 50_000;
    private static final double SIGNATURES_A_SECOND = 5_000;

    /** How much to measure. */
    public enum Thoroughness {
        /** Everything once, to see that it runs: its numbers mean nothing. */
        SMOKE(40, 300, 20, 1),
        /** Within half a minute. */
        QUICK(4_000, 20_000, 1_000, 3),
        FULL(20_000, 100_000, 5_000, 5);

        final int units;
        final int auditedLeaves;
        final int certificates;
        final int repeats;

        Thoroughness(int units, int auditedLeaves, int certificates, int repeats) {
            this.units = units;
            this.auditedLeaves = auditedLeaves;
            this.certificates = certificates;
            this.repeats = repeats;
        }
    }

    private final Thoroughness thoroughness;
    private final Path disk;
    private final PrintWriter progress;

    /**
     * @param disk where a folder is made for the time of the run
     * @param progress hears what is being measured
     */
    public FactoryBench(Thoroughness thoroughness, Path disk, PrintWriter progress) {
        this.thoroughness = thoroughness;
        this.disk = disk;
        this.progress = progress;
    }

    public BenchReport run() throws IOException {
        Path folder = Files.createTempDirectory(disk.toAbsolutePath(), ".kryla-bench-");
        try {
            Machine machine = Machine.here();
            say("grants and leaves on SQLite");
            LedgerBench.Rates ledger =
                    LedgerBench.measure(Files.createDirectory(folder.resolve("ledger")), thoroughness.units);
            say("certificates from a token");
            TokenBench.Rates token =
                    TokenBench.measure(Files.createDirectory(folder.resolve("token")), thoroughness.certificates);
            say("audit of " + thoroughness.auditedLeaves + " leaves");
            AuditBench.Rates audit = AuditBench.measure(
                    Files.createDirectory(folder.resolve("audit")), thoroughness.auditedLeaves, thoroughness.repeats);
            return BenchReport.of(List.of(
                    machine.rate("factory.grants", ledger.grants(), "1/s", GRANTS_A_SECOND, Optional.empty()),
                    machine.rate("factory.append", ledger.appends(), "leaves/s", LEAVES_A_SECOND, Optional.empty()),
                    machine.rate(
                            "factory.certificates",
                            token.certificates(),
                            "1/s",
                            SHARE_OF_TOKEN * token.signatures(),
                            Optional.of(token.signatures())),
                    machine.rate(
                            "factory.audit", audit.leaves(), "leaves/s", AUDITED_LEAVES_A_SECOND, Optional.empty()),
                    machine.rate(
                            "factory.audit.signatures",
                            audit.signatures(),
                            "1/s",
                            SIGNATURES_A_SECOND,
                            Optional.empty())));
        } finally {
            delete(folder);
        }
    }

    private void say(String what) {
        progress.println("measuring: " + what);
        progress.flush();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
