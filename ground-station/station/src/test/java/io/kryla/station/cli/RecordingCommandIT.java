package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kryla.factory.manifest.PublicFolder.FlightFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flight of a demo: cut off, repaired, verified as far as it goes, replayed, written as tables. */
final class RecordingCommandIT {
    @TempDir
    Path folder;

    private Path whole;
    private Path root;

    @BeforeEach
    void aFlight() {
        FlightFiles flight = SharedDemo.folder().flight(SharedDemo.serial("DE-01"));
        whole = flight.recording();
        root = SharedDemo.folder().rootCertificate();
    }

    private Path cut(double part) throws IOException {
        byte[] bytes = Files.readAllBytes(whole);
        return Files.write(folder.resolve("flight.mcap.partial"), Arrays.copyOf(bytes, (int) (bytes.length * part)));
    }

    @Test
    void aRecordingThatWasCutOffIsRepairedAndVerifiedAsFarAsItGoes() throws IOException {
        Path partial = cut(0.5);
        Cli truncated = Cli.run("verify", partial, "--root", root, "--json");
        assertThat(truncated.exit()).isEqualTo(1);
        assertThat(truncated.json().at("/code").asText()).isEqualTo("TRUNCATED");
        long attested = truncated.json().at("/records").asLong();
        assertThat(attested).isPositive();

        Cli repair = Cli.run("recording", "repair", partial, "--json");
        assertThat(repair.exit()).as(repair.out() + repair.err()).isZero();
        assertThat(repair.json().at("/damage").asText()).isEqualTo("TRUNCATED");
        assertThat(repair.json().at("/last_attested_index").asLong()).isEqualTo(attested - 1);
        assertThat(repair.json().at("/bytes_unread").isIntegralNumber()).isTrue();
        Path repaired = folder.resolve("flight.repaired.mcap");
        assertThat(repair.json().at("/files/0").asText()).isEqualTo(repaired.toString());

        Cli unfinished = Cli.run("verify", repaired, "--root", root);
        assertThat(unfinished.exit()).isEqualTo(1);
        assertThat(unfinished.out()).contains("ATTESTED: as far as the log goes", "LOG_NOT_CLOSED: ");
        Cli allowed = Cli.run("verify", repaired, "--root", root, "--allow-unfinished", "--json");
        assertThat(allowed.exit()).as(allowed.out()).isZero();
        assertThat(allowed.json().at("/records").asLong()).isEqualTo(attested);
        assertThat(allowed.json().at("/closed").asBoolean()).isFalse();

        Cli again = Cli.run("recording", "repair", partial);
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.errorLine()).startsWith("FILE_EXISTS: ");
    }

    @Test
    void whatIsWholeOrHasNothingIsNotRepaired() throws IOException {
        Cli notDamaged = Cli.run("recording", "repair", whole, "--out", folder.resolve("x.mcap"));
        assertThat(notDamaged.exit()).isZero();
        assertThat(notDamaged.out()).contains("Not damaged");
        Cli nothing = Cli.run("recording", "repair", cut(0.01), "--json");
        assertThat(nothing.exit()).isEqualTo(1);
        assertThat(nothing.json().at("/code").asText()).isEqualTo("NOTHING_TO_REPAIR");
        assertThat(folder.resolve("flight.repaired.mcap")).doesNotExist();
        assertThat(folder.resolve("x.mcap")).doesNotExist();
        assertThat(Cli.run("recording", "repair", folder.resolve("no.mcap")).exit())
                .isEqualTo(2);
    }

    @Test
    void aReplayPrintsEverySampleInOneObject() {
        Cli replay = Cli.run("recording", "replay", whole, "--root", root, "--speed", "max", "--json");
        assertThat(replay.exit()).as(replay.err()).isZero();
        JsonNode object = replay.json();
        assertThat(object.at("/command").asText()).isEqualTo("kryla recording replay");
        assertThat((long) object.at("/samples").size()).isGreaterThan(100).isEqualTo(allSamples());
        assertThat(object.at("/samples/0/log_opened/serial").asText()).isEqualTo(SharedDemo.serial("DE-01"));
        Cli late = Cli.run("recording", "replay", whole, "--root", root, "--speed", "max", "--from", "10", "--json");
        assertThat(late.json().at("/samples/0/flight_time_nanos").asLong()).isGreaterThanOrEqualTo(10_000_000_000L);
    }

    private long allSamples() {
        return Cli.run("verify", whole, "--root", root, "--json")
                .json()
                .at("/sample_count")
                .asLong();
    }

    @Test
    void aReplayForAPersonShowsStatesAndWhatHappened() throws IOException {
        Cli replay = Cli.run("recording", "replay", whole, "--root", root, "--speed", "max");
        assertThat(replay.exit()).isZero();
        assertThat(replay.out()).contains("LOG_OPENED", "COMMAND ACCEPTED", "m above home", "ATTESTED: ");
        Cli cut = Cli.run("recording", "replay", cut(0.5), "--root", root, "--speed", "max");
        assertThat(cut.exit()).isEqualTo(1);
        assertThat(cut.out()).contains("LOG_OPENED", "TRUNCATED: ");
        assertThat(Cli.run("recording", "replay", whole, "--root", root, "--speed", "warp")
                        .errorLine())
                .startsWith("USAGE: ")
                .contains("--speed warp");
        assertThat(Cli.run("recording", "replay", whole, "--root", root, "--from", "-1")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void tablesHoldWhatIsAttested() throws IOException {
        Path out = folder.resolve("tables");
        Cli csv = Cli.run("recording", "csv", whole, "--root", root, "--out", out, "--json");
        assertThat(csv.exit()).as(csv.out() + csv.err()).isZero();
        List<String> states = Files.readAllLines(out.resolve("samples.csv"));
        List<String> events = Files.readAllLines(out.resolve("events.csv"));
        assertThat(states).hasSize(csv.json().at("/states").asInt() + 1);
        assertThat(events).hasSize(csv.json().at("/events").asInt() + 1);
        assertThat((long) states.size() + events.size() - 2)
                .isEqualTo(csv.json().at("/sample_count").asLong());
        assertThat(events)
                .anyMatch(line -> line.contains(",COMMAND_EVENT,ACCEPTED,")
                        && line.contains(",TAKE_OFF,height_above_home_meters="));

        Cli again = Cli.run("recording", "csv", whole, "--root", root, "--out", out);
        assertThat(again.errorLine()).startsWith("FILE_EXISTS: ");
        assertThat(Cli.run("recording", "csv", whole, "--root", root, "--out", out, "--replace")
                        .exit())
                .isZero();

        Path file = folder.resolve("flight.csv");
        assertThat(Cli.run("recording", "csv", whole, "--root", root, "--out", file)
                        .exit())
                .isZero();
        assertThat(file).hasSameTextualContentAs(out.resolve("samples.csv"));
        assertThat(folder.resolve("flight-events.csv")).hasSameTextualContentAs(out.resolve("events.csv"));
    }

    @Test
    void ofWhatDoesNotVerifyThereAreNoTables() throws IOException {
        Path file = folder.resolve("flight.csv");
        Cli refused = Cli.run("recording", "csv", cut(0.5), "--root", root, "--out", file, "--json");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.json().at("/code").asText()).isEqualTo("TRUNCATED");
        assertThat(file).doesNotExist();
        assertThat(folder.resolve(".flight.csv.partial")).doesNotExist();
    }
}
