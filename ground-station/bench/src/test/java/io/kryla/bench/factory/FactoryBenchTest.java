package io.kryla.bench.factory;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.bench.report.BenchReport;
import io.kryla.bench.report.BenchRow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactoryBenchTest {
    @Test
    void everyRowIsMeasuredAndNothingIsLeftBehind(@TempDir Path disk) throws Exception {
        BenchReport report =
                new FactoryBench(FactoryBench.Thoroughness.SMOKE, disk, new PrintWriter(new StringWriter())).run();

        assertThat(report.rows())
                .extracting(BenchRow::name)
                .containsExactly(
                        "factory.grants",
                        "factory.append",
                        "factory.certificates",
                        "factory.audit",
                        "factory.audit.signatures");
        assertThat(report.rows()).allSatisfy(row -> assertThat(row.value()).isPositive());
        assertThat(disk).isEmptyDirectory();
    }
}
