package io.kryla.hil.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.hil.report.CampaignReport;
import io.kryla.hil.scenario.Campaign;
import io.kryla.hil.verdict.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignRunTest {
    private static final Path PLANS = Path.of("..", "docs", "examples", "plans").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void givesTheSameBytesOnOneThreadOnThreeAndInTwoParts() throws Exception {
        var campaign = campaign(6);
        var onOne = CampaignSummary.of(campaign, "b", run(campaign, "one.jsonl", 1));
        var onThree = CampaignSummary.of(campaign, "b", run(campaign, "three.jsonl", 3));
        assertThat(onThree.encode()).isEqualTo(onOne.encode());

        // As a kill leaves it: three flights, and half a line.
        var lines = Files.readAllLines(folder.resolve("three.jsonl"));
        Files.writeString(
                folder.resolve("parts.jsonl"), String.join("\n", lines.subList(0, 4)) + "\n{\"flight\": 5, \"se");
        var flown = new ArrayList<Integer>();
        var results = new CampaignRun(campaign, "b", 2)
                .run(folder.resolve("parts.jsonl"), (result, done) -> flown.add(result.flight()));
        assertThat(flown).hasSize(3);
        assertThat(CampaignSummary.of(campaign, "b", results).encode()).isEqualTo(onOne.encode());
        assertThat(CampaignReport.render(onOne, results)).isEqualTo(CampaignReport.render(onThree, results));
        assertThat(onOne.outcome()).isEqualTo(Outcome.PASS);
        assertThat(onOne.passRateLow())
                .as("Clopper-Pearson of 6 of 6: 0.025^(1/6)")
                .isEqualByComparingTo("0.540742");
        assertThat(onOne.passRateHigh()).isEqualByComparingTo("1");
        assertThat(onOne.criteria()).allSatisfy(spread -> {
            assertThat(spread.measured()).isEqualTo(6);
            assertThat(spread.least()).isLessThanOrEqualTo(spread.median());
            assertThat(spread.worstFlight()).isBetween(1, 6);
        });
    }

    @Test
    void aFailedFlightIsTheWorstAndCountsAgainstTheRate() throws Exception {
        var campaign = Campaign.read(write(4, """
                faults:
                  - {name: weak, probability: 100 %, fault: {kind: rotor-thrust, from: take-off completed, rotor: 1, factor: 0}}
                """));
        var results = run(campaign, "weak.jsonl", 2);
        var summary = CampaignSummary.of(campaign, "b", results);
        assertThat(summary.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(summary.failed()).isEqualTo(4);
        assertThat(summary.worst())
                .hasSize(4)
                .allSatisfy(worst -> assertThat(worst.draws()).containsEntry("weak", "planted"));
        assertThat(new String(CampaignReport.render(summary, results), StandardCharsets.UTF_8))
                .contains("0 of 4 flights passed", "weak planted")
                .doesNotContain("<script", "http://", "https://");
    }

    @Test
    void resultsOfAnotherCampaignAreNotMixedIn() throws Exception {
        run(campaign(1), "results.jsonl", 1);
        assertThatThrownBy(() -> run(campaign(2), "results.jsonl", 1))
                .isInstanceOfSatisfying(
                        CampaignException.class, e -> assertThat(e.code()).isEqualTo("CAMPAIGN_CHANGED"));
    }

    @Test
    void aDamagedLineIsNamed() throws Exception {
        var campaign = campaign(2);
        run(campaign, "results.jsonl", 1);
        var file = folder.resolve("results.jsonl");
        var lines = Files.readAllLines(file);
        for (String damage : List.of("{}x", lines.get(1), lines.get(1).replace("\"flight\":1", "\"flight\":9"))) {
            Files.writeString(file, lines.get(0) + "\n" + lines.get(1) + "\n" + damage + "\n");
            assertThatThrownBy(() -> run(campaign, "results.jsonl", 1))
                    .isInstanceOfSatisfying(
                            CampaignException.class, e -> assertThat(e.code()).isEqualTo("RESULTS_INVALID"))
                    .hasMessageContaining("results.jsonl:3: ");
        }
    }

    private List<FlightResult> run(Campaign campaign, String file, int threads) throws InterruptedException {
        return new CampaignRun(campaign, "b", threads).run(folder.resolve(file), (result, done) -> {});
    }

    private Campaign campaign(int flights) throws IOException {
        return Campaign.read(
                write(flights, "vary: [{name: wind, in: plan, at: /wind/speed, uniform: {from: 0 m/s, to: 3 m/s}}]\n"));
    }

    private Path write(int flights, String more) throws IOException {
        Files.copy(
                PLANS.resolve("pass.yaml"),
                folder.resolve("pass.yaml"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return Files.writeString(
                folder.resolve("campaign.yaml"),
                "format: kryla-campaign/1\nname: Test\nplan: pass.yaml\nflights: " + flights + "\n" + more);
    }
}
