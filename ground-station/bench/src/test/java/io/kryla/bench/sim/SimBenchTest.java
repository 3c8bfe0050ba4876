package io.kryla.bench.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.bench.report.BenchReport;
import io.kryla.bench.report.BenchRow;
import io.kryla.bench.sim.SimBench.Thoroughness;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs every benchmark once: that it runs and flies what it says, not how fast. */
class SimBenchTest {
    private static final List<String> NAMES = List.of(
            "sim.world",
            "sim.world.garbage",
            "sim.closed-loop",
            "sim.closed-loop.garbage",
            "sim.flight",
            "sim.campaign",
            "sim.campaign.heap");

    @Test
    void measuresEveryRowThatItsPageNames() throws Exception {
        BenchReport report = new SimBench(Thoroughness.SMOKE, new PrintWriter(new StringWriter())).run();
        assertThat(report.rows()).extracting(BenchRow::name).containsExactlyElementsOf(NAMES);
        assertThat(report.rows()).allSatisfy(row -> assertThat(row.value()).isNotNaN());
        assertThat(page()).contains(NAMES.stream().map(name -> "`" + name + "`").toList());
    }

    private static String page() throws Exception {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
        }
        return Files.readString(folder.resolve("docs/benchmarks.md"));
    }
}
