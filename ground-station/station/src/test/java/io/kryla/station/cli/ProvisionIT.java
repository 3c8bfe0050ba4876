package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A line goes on after the demo, until its license is used up. */
final class ProvisionIT {

    @Test
    void bearsUnitsUntilTheQuotaIsSpentAndNoneWithADefect(@TempDir Path temporary) throws IOException {
        Path demo = SharedDemo.copyTo(temporary.resolve("demo"));

        Cli defective =
                Cli.run("provision", "--dir", demo, "--line", "GB-01", "--defect", "stuck_accelerometer", "--json");
        assertThat(defective.exit()).isEqualTo(1);
        assertThat(defective.json().at("/code").asText()).isEqualTo("SELF_TEST_FAILED");
        assertThat(born(demo)).isEqualTo(1);

        Cli repaired = Cli.run("provision", "--dir", demo, "--line", "GB-01", "--json");
        assertThat(repaired.exit()).as(repaired.err()).isZero();
        assertThat(repaired.json().at("/serial").asText()).isEqualTo("ZZZZ8GB010002");
        Cli third = Cli.run("provision", "--dir", demo, "--line", "GB-01", "--json");
        assertThat(third.json().at("/left").asInt(-1)).isZero();

        Cli fourth = Cli.run("provision", "--dir", demo, "--line", "GB-01", "--json");
        assertThat(fourth.exit()).isEqualTo(1);
        assertThat(fourth.json().at("/code").asText()).isEqualTo("QUOTA_EXHAUSTED");
        assertThat(born(demo)).isEqualTo(3);
    }

    /** Births at GB-01 as an auditor counts them; the folder must hold together at any time. */
    private static int born(Path demo) {
        Cli audit = Cli.run("audit", demo, "--json");
        assertThat(audit.exit()).as(audit.out()).isZero();
        return audit.json().at("/ledgers/1/licenses/0/born").asInt();
    }
}
