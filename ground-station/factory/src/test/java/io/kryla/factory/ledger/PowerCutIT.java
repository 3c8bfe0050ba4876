package io.kryla.factory.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.factory.testline.CutOffLine;
import io.kryla.factory.testline.TestLine;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A line's process that is killed while it claims and records births as fast as it can. */
class PowerCutIT {
    private static final int UNITS_BEFORE_THE_CUT = 25;

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void whatWasReportedIsThereAfterTheProcessWasKilled() throws Exception {
        TestLine line = TestLine.withQuota(folder, 10_000);
        line.close();
        CutOffLine.prepare(line, folder);

        List<String> reported = runUntilCut(line);

        line.reopenLedger();
        try (line) {
            for (String serial : reported) {
                assertThat(line.ledger.unit(serial).orElseThrow().state()).isEqualTo(UnitState.BORN);
                assertThat(line.ledger.document(serial, "birth-record")).isPresent();
                assertThat(line.ledger.leaves(serial)).hasSize(1);
            }
            assertThat(line.ledger.units()).extracting(Unit::serial).doesNotHaveDuplicates();
            assertThat(line.ledger.units())
                    .filteredOn(unit -> unit.state() == UnitState.BORN)
                    .hasSize((int) line.ledger.size());
            line.bear("after the cut");
            assertThat(line.ledger.cosign()).isInstanceOf(CosignResult.Cosigned.class);
        }
    }

    private List<String> runUntilCut(TestLine line) throws Exception {
        Process process = start();
        List<String> reported = new ArrayList<>();
        boolean cut = false;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String text = out.readLine(); text != null; text = out.readLine()) {
                if (text.startsWith(CutOffLine.REPORT)) {
                    reported.add(text.substring(CutOffLine.REPORT.length()));
                }
                if (reported.size() == UNITS_BEFORE_THE_CUT && !cut) {
                    cut = true;
                    assertThatThrownBy(() -> line.ledgerBuilder().open())
                            .isInstanceOfSatisfying(
                                    LedgerException.class,
                                    e -> assertThat(e.code()).isEqualTo("LEDGER_BUSY"));
                    process.toHandle().destroyForcibly(); // SIGKILL; the pipe stays open to read what was reported
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(reported).hasSizeGreaterThanOrEqualTo(UNITS_BEFORE_THE_CUT);
        return reported;
    }

    private Process start() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CutOffLine.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
