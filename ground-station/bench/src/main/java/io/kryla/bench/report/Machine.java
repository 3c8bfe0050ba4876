package io.kryla.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the rows of what one machine measured. */
public record Machine(String jdk, String cpu) {
    /** The one that this runs on. */
    public static Machine here() throws IOException {
        return new Machine(System.getProperty("java.version"), cpuModel());
    }

    /** A cost that may not be above its goal. */
    public BenchRow cost(String name, double value, String unit, double goal, Optional<Double> peer) {
        double rounded = rounded(value);
        double limit = rounded(goal);
        return new BenchRow(
                name,
                rounded,
                unit,
                limit,
                BenchRow.AT_MOST,
                rounded <= limit,
                peer.map(Machine::rounded).orElse(null),
                peer.filter(it -> rounded > 0).map(it -> rounded(it / rounded)).orElse(null),
                jdk,
                cpu);
    }

    /** A rate that may not be below its goal. */
    public BenchRow rate(String name, double value, String unit, double goal, Optional<Double> peer) {
        double rounded = rounded(value);
        double limit = rounded(goal);
        return new BenchRow(
                name,
                rounded,
                unit,
                limit,
                BenchRow.AT_LEAST,
                rounded >= limit,
                peer.map(Machine::rounded).orElse(null),
                peer.map(it -> rounded(rounded / it)).orElse(null),
                jdk,
                cpu);
    }

    /** Two decimals: what lies beyond is noise. */
    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
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
