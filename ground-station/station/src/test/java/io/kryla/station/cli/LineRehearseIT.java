package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineRehearseIT {
    @TempDir
    private Path temporary;

    @Test
    void twoStationsBearTheQuotaAndNotOneMoreAndTheAuditAgrees() throws Exception {
        Path folder = temporary.resolve("rehearsal");

        Cli run = Cli.run("line", "rehearse", "--dir", folder, "--units", 4, "--quota", 3, "--seed", 7, "--json");

        assertThat(run.exit()).as(run.out() + run.err()).isZero();
        assertThat(run.json().at("/granted").asInt()).isEqualTo(3);
        assertThat(run.json().at("/refused").asInt()).isEqualTo(1);
        assertThat(run.json().at("/duplicates").asInt(-1)).isZero();
        assertThat(run.json().at("/lost").asInt(-1)).isZero();
        JsonNode audit =
                new ObjectMapper().readTree(folder.resolve("audit.json").toFile());
        assertThat(audit.at("/ok").asBoolean()).isTrue();
        assertThat(audit.at("/root_independent").asBoolean()).isTrue();
        assertThat(audit.at("/ledgers/0/licenses/0/born").asInt()).isEqualTo(3);
        for (String secret : new String[] {"papers", "tokens", "line.private"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(secret))))
                    .as(secret)
                    .isEqualTo("rwx------");
        }

        Cli again = Cli.run("line", "rehearse", "--dir", folder);
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.errorLine()).startsWith("FOLDER_NOT_EMPTY: ");
    }

    @Test
    void whatCannotBeRehearsedIsRefusedBeforeAnythingIsMade() {
        for (Object[] wrong : new Object[][] {{"--units", 1}, {"--units", 129}, {"--quota", 0}}) {
            Cli run = Cli.run("line", "rehearse", "--dir", temporary.resolve("none"), wrong[0], wrong[1]);
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.errorLine()).startsWith("USAGE: ").contains(wrong[0].toString());
        }
        assertThat(temporary.resolve("none")).doesNotExist();
    }
}
