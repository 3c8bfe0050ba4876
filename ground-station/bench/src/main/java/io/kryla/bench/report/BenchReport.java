package io.kryla.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/**
 * The rows of a run, as {@code bench-report.json} and as a table.
 *
 * @param schema 1; another number is another form
 */
public record BenchReport(int schema, List<BenchRow> rows) {
    private static final int SCHEMA = 1;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public BenchReport {
        rows = List.copyOf(rows);
    }

    /** In the present form. */
    public static BenchReport of(List<BenchRow> rows) {
        return new BenchReport(SCHEMA, rows);
    }

    public boolean allMet() {
        return rows.stream().allMatch(BenchRow::met);
    }

    /** Whole or not at all. */
    public void write(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path unfinished =
                Files.createTempFile(absolute.getParent(), file.getFileName().toString(), ".tmp");
        try {
            Files.writeString(unfinished, JSON.writeValueAsString(this) + "\n");
            Files.move(unfinished, absolute, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** For a person: a line a row. */
    public void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%-26s %14s %14s %14s %8s  %-12s %s%n",
                "name",
                "value",
                "goal",
                "peer",
                "ratio",
                "unit",
                "");
        for (BenchRow row : rows) {
            Double peer = row.peer();
            Double ratio = row.ratio();
            out.printf(
                    Locale.ROOT,
                    "%-26s %,14.2f %s %,11.2f %14s %8s  %-12s %s%n",
                    row.name(),
                    row.value(),
                    row.comparison(),
                    row.goal(),
                    peer == null ? "" : String.format(Locale.ROOT, "%,.2f", peer),
                    ratio == null ? "" : String.format(Locale.ROOT, "%,.2f", ratio),
                    row.unit(),
                    row.met() ? "met" : "MISSED");
        }
        out.flush();
    }
}
