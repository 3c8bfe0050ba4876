package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kryla.station.outcome.Finding;
import io.kryla.station.trial.HistoryChecker;
import io.kryla.station.trial.RaceHistory;
import io.kryla.station.trial.RaceHistory.HeldLeaf;
import io.kryla.station.trial.RaceHistory.HeldUnit;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sixty-four stations, services that are killed and stand still, a file and a server. */
class LineRaceIT {
    private static final int QUOTA = 300;

    @TempDir
    Path folder;

    @Test
    void onSqliteExactlyTheQuotaIsGrantedAndAPlantedLossIsFound() {
        Path race = folder.resolve("race");

        JsonNode result = race(race, 1);

        assertThat(result.get("kills").asInt()).isEqualTo(3);
        RaceHistory history = RaceHistory.read(race.resolve("history.jsonl"));
        List<HeldUnit> units = new ArrayList<>(history.units());
        List<HeldLeaf> leaves = new ArrayList<>(history.leaves());
        HeldUnit lost = units.remove(QUOTA / 2);
        assertThat(HistoryChecker.check(new RaceHistory(history.plan(), history.operations(), units, leaves))
                        .violations())
                .extracting(Finding::code)
                .contains("ACKNOWLEDGED_LOST", "QUOTA_NOT_SPENT");
        units.add(new HeldUnit(lost.serial() + "X", lost.key() + "X", lost.hardware(), "CLAIMED"));
        units.add(lost);
        assertThat(HistoryChecker.check(new RaceHistory(history.plan(), history.operations(), units, leaves))
                        .violations())
                .extracting(Finding::code)
                .contains("NEVER_CLAIMED", "QUOTA_EXCEEDED");
    }

    @Test
    void onPostgresqlFourServicesGrantExactlyTheQuota() throws IOException {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            String url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";

            race(folder.resolve("race"), 2, "--db", url, "--db-user", "postgres");

            Cli again =
                    Cli.run("line", "race", "--dir", folder.resolve("second"), "--db", url, "--db-user", "postgres");
            assertThat(again.exit()).isEqualTo(2);
            assertThat(again.errorLine()).startsWith("DATABASE_NOT_EMPTY: ");
        }
    }

    private static JsonNode race(Path folder, int seed, String... database) {
        List<Object> arguments = new ArrayList<>(List.of(
                "line",
                "race",
                "--dir",
                folder,
                "--stations",
                64,
                "--quota",
                QUOTA,
                "--kills",
                3,
                "--pauses",
                3,
                "--seed",
                seed,
                "--json"));
        arguments.addAll(List.of(database));
        Cli run = Cli.run(arguments.toArray());
        assertThat(run.exit()).as(run.out() + run.err()).isZero();
        JsonNode result = run.json();
        assertThat(result.get("granted").asInt()).isEqualTo(QUOTA);
        assertThat(result.get("refused").asInt()).isGreaterThanOrEqualTo(64);
        assertThat(result.get("duplicates").asInt()).isZero();
        assertThat(result.get("lost").asInt()).isZero();
        return result;
    }
}
