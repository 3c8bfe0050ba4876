package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Services that are killed and airframes that go dark, at every boundary and at random moments; {@code --full crash} repeats it longer. */
class LineCrashTestIT {
    private static final int REPEATS = 1;
    private static final int RANDOM_KILLS = 3;

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void nothingIsLostNothingIsDoubledAndEveryBoardIsBorn() {
        Cli run = Cli.run(
                "line",
                "crash-test",
                "--dir",
                folder.resolve("test"),
                "--repeats",
                REPEATS,
                "--random",
                RANDOM_KILLS,
                "--seed",
                1,
                "--json");

        assertThat(run.exit()).as(run.out() + run.err()).isZero();
        JsonNode counts = run.json();
        assertThat(counts.get("lost").asInt()).isZero();
        assertThat(counts.get("duplicates").asInt()).isZero();
        assertThat(counts.get("refused").asInt()).isZero();
        assertThat(counts.get("service_kills").asInt()).isGreaterThanOrEqualTo(RANDOM_KILLS + REPEATS * 5);
        assertThat(counts.get("power_cuts").asInt()).isGreaterThanOrEqualTo(REPEATS * 10);
    }
}
