package io.kryla.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
    private static final Pattern COMMAND = Pattern.compile("\\./kryla ((?:bench|load)[^`#|&;>\\n)]*)");

    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Bench.run(new PrintWriter(new StringWriter()), new PrintWriter(err), args);
    }

    @Test
    void anUnknownOptionIsOneLine() {
        assertThat(run("bench", "telemetry", "--fast")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("USAGE: ")
                .contains("--fast", "; see kryla bench telemetry --help")
                .hasLineCount(1);
    }

    @Test
    void aLoadOutOfBoundsIsUsage() {
        assertThat(run("load", "--rate", "10")).isEqualTo(2);
        assertThat(run("load", "--airframes", "0", "--rate", "10")).isEqualTo(2);
        assertThat(run("load", "--airframes", "1", "--rate", "1001")).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(3).allMatch(line -> line.startsWith("USAGE: "));
        assertThat(err.toString()).contains("--airframes: 1 to 50000 expected, got 0", "--rate: 1 to 1000 expected");
    }

    @Test
    void nothingToMeasureIsUsage() {
        assertThat(run("bench")).isEqualTo(2);
        assertThat(run("bench", "physics")).isEqualTo(2);
        assertThat(run("bench", "sim", "--fast")).isEqualTo(2);
    }

    @Test
    void aReportThatCannotBeWrittenIsSaidBeforeMeasuring(@TempDir Path folder) {
        assertThat(run(
                        "bench",
                        "telemetry",
                        "--out",
                        folder.resolve("none/report.json").toString()))
                .isEqualTo(3);
        assertThat(run("bench", "telemetry", "--out", folder.toString())).isEqualTo(3);
        assertThat(err.toString().lines()).hasSize(2).allMatch(line -> line.startsWith("NOT_WRITABLE: "));
    }

    /** Every command that a page shows is one that the program takes. */
    @TestFactory
    Stream<DynamicTest> commandsInDocumentation() throws IOException {
        return pages().flatMap(page -> COMMAND.matcher(text(page))
                .results()
                .map(shown -> shown.group(1).replaceAll("\\[[^\\]]*\\]", "").trim())
                .map(line -> DynamicTest.dynamicTest(
                        page.getFileName() + ": ./kryla " + line,
                        () -> assertThatCode(() -> Bench.commandLine().parseArgs(line.split("\\s+")))
                                .doesNotThrowAnyException())));
    }

    private static Stream<Path> pages() throws IOException {
        Path top = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(top.resolve(".mvn"))) {
            top = top.getParent();
        }
        return Stream.concat(Stream.of(top.resolve("README.md")), Files.list(top.resolve("docs")))
                .filter(page -> page.toString().endsWith(".md"));
    }

    private static String text(Path page) {
        try {
            return Files.readString(page).replace("\\\n", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
