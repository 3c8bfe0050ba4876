package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Campaigns from the command line: killed and gone on with, and one of their flights flown again. */
final class SimCampaignIT {
    private static final Path PLANS =
            Path.of("..", "..", "docs", "examples", "plans").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void aKilledCampaignGoesOnToTheSameBytes() throws Exception {
        Path campaign = campaign(16);
        Path killed = folder.resolve("killed");
        Process process = start(campaign, killed);
        await().atMost(Duration.ofSeconds(120)).until(() -> lines(killed) > 3);
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("SIGKILL").isEqualTo(128 + 9);
        assertThat(killed.resolve("campaign.json")).doesNotExist();

        Path whole = folder.resolve("whole");
        for (Path out : List.of(killed, whole)) {
            Process flown = start(campaign, out);
            assertThat(flown.waitFor(300, TimeUnit.SECONDS)).isTrue();
            assertThat(flown.exitValue())
                    .as(Files.readString(folder.resolve("log")))
                    .isZero();
        }
        assertThat(JSON.readTree(whole.resolve("campaign.json").toFile())
                        .path("passed")
                        .asInt())
                .isEqualTo(16);
        assertThat(killed.resolve("campaign.json")).hasSameBinaryContentAs(whole.resolve("campaign.json"));
        assertThat(killed.resolve("campaign.html")).hasSameBinaryContentAs(whole.resolve("campaign.html"));
    }

    @Test
    void oneFlightFlownAgainWithSessionAndRecordingsGivesTheSameVerdict() throws Exception {
        Path campaign = campaign(2);
        Path out = folder.resolve("out");
        assertThat(Cli.run("sim", "campaign", "--campaign", campaign, "--out", out, "--threads", 1)
                        .exit())
                .isZero();
        Path again = folder.resolve("again");
        Cli flown = Cli.run("sim", "campaign", "--campaign", campaign, "--out", again, "--flight", 2);
        assertThat(flown.exit()).as(flown.out() + flown.err()).isZero();

        JsonNode verdict = JSON.readTree(again.resolve("verdict.json").toFile());
        JsonNode result = Files.readAllLines(out.resolve("results.jsonl")).stream()
                .skip(1)
                .map(SimCampaignIT::parse)
                .filter(line -> line.path("flight").asInt() == 2)
                .findFirst()
                .orElseThrow();
        assertThat(result.path("seed").asText()).isEqualTo(verdict.path("seed").asText());
        for (int i = 0; i < verdict.path("criteria").size(); i++) {
            for (String key : List.of("name", "outcome", "value", "margin")) {
                assertThat(result.at("/criteria/" + i + "/" + key).asText())
                        .isEqualTo(verdict.at("/criteria/" + i + "/" + key).asText());
            }
        }
        assertThat(Cli.run("verdict", again.resolve("flight.mcap"), "--plan", again.resolve("plan.yaml"))
                        .exit())
                .isZero();
    }

    @Test
    void whatCannotBeFlownIsSaidBeforeAnythingIsWritten() throws IOException {
        Path campaign = campaign(2);
        Path out = folder.resolve("out");
        Files.writeString(campaign, Files.readString(campaign).replace("/wind/speed", "/wind/sped"));
        Cli refused = Cli.run("sim", "campaign", "--campaign", campaign, "--out", out);
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.errorLine())
                .startsWith("CAMPAIGN_INVALID: unknown key \"sped\", did you mean \"speed\"?; campaign.yaml:5:");
        assertThat(out).doesNotExist();

        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("thesis.txt"), "years of work");
        assertThat(Cli.run("sim", "campaign", "--campaign", campaign(2), "--out", foreign, "--replace")
                        .errorLine())
                .startsWith("FOLDER_NOT_EMPTY: ");
        assertThat(Cli.run("sim", "campaign", "--campaign", campaign(2), "--out", out, "--flight", 3)
                        .exit())
                .isEqualTo(2);
    }

    private Path campaign(int flights) throws IOException {
        Files.writeString(folder.resolve("pass.yaml"), Files.readString(PLANS.resolve("pass.yaml")));
        return Files.writeString(
                folder.resolve("campaign.yaml"),
                "format: kryla-campaign/1\nname: Test\nplan: pass.yaml\nflights: " + flights
                        + "\nvary: [{name: wind, in: plan, at: /wind/speed, uniform: {from: 0 m/s, to: 3 m/s}},"
                        + " {name: mass, in: vehicle, at: /mass, normal: {mean: 1.535 kg, sigma: 0.01 kg}}]\n");
    }

    private static long lines(Path out) throws IOException {
        Path results = out.resolve("results.jsonl");
        return Files.exists(results) ? Files.readString(results).lines().count() : 0;
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A JVM of its own on the same class path, which can be killed. */
    private Process start(Path campaign, Path out) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Kryla.class.getName(),
                        "sim",
                        "campaign",
                        "--campaign",
                        campaign.toString(),
                        "--out",
                        out.toString(),
                        "--threads",
                        "1"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }
}
