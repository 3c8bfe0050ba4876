package io.kryla.bench.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kryla.bench.report.BenchReport;
import io.kryla.bench.report.BenchRow;
import io.kryla.bench.telemetry.TelemetryBench.Thoroughness;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every benchmark once: that it runs, not how fast. */
class TelemetryBenchTest {
    private static final List<String> NAMES = List.of(
            "ground.batch7",
            "ground.single",
            "ground.single.primitives",
            "device.batch7",
            "device.garbage",
            "device.garbage.own",
            "device.garbage.agent",
            "framing.sframe",
            "framing.all",
            "loopback.rate",
            "loopback.floor",
            "loopback.peer");

    @Test
    void measuresEveryRowThatItsPageNames(@TempDir Path folder) throws Exception {
        BenchReport report = new TelemetryBench(Thoroughness.SMOKE, new PrintWriter(new StringWriter())).run();
        assertThat(report.rows()).extracting(BenchRow::name).containsExactlyElementsOf(NAMES);
        assertThat(report.rows()).allSatisfy(row -> assertThat(row.value()).isNotNaN());
        assertThat(page()).contains(NAMES.stream().map(name -> "`" + name + "`").toList());

        Path file = folder.resolve("bench-report.json");
        report.write(file);
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.fieldNames()).toIterable().containsExactly("schema", "rows");
        assertThat(json.get("schema").intValue()).isEqualTo(1);
        assertThat(json.get("rows")).hasSize(NAMES.size()).allSatisfy(TelemetryBenchTest::isRow);
        assertThat(folder).isDirectoryContaining(found -> found.equals(file));
    }

    private static void isRow(JsonNode row) {
        assertThat(row.fieldNames())
                .toIterable()
                .containsExactly("name", "value", "unit", "goal", "comparison", "met", "peer", "ratio", "jdk", "cpu");
        double value = row.get("value").doubleValue();
        double goal = row.get("goal").doubleValue();
        assertThat(row.get("met").booleanValue())
                .isEqualTo(row.get("comparison").textValue().equals("<=") ? value <= goal : value >= goal);
        assertThat(row.get("jdk").textValue()).isEqualTo(System.getProperty("java.version"));
        assertThat(row.get("cpu").textValue()).isNotEmpty();
    }

    /** The bytes that no machine changes are held to their goals here, too. */
    @Test
    void framingStaysWithinItsGoals() {
        assertThat(Framing.sframeBytesPerSample()).isLessThanOrEqualTo(4);
        assertThat(Framing.allBytesPerSample()).isLessThanOrEqualTo(8);
    }

    private static String page() throws Exception {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
        }
        return Files.readString(folder.resolve("docs/benchmarks.md"));
    }
}
