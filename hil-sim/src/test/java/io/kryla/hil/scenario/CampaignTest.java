package io.kryla.hil.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CampaignTest {
    private static final Path EXAMPLE = Path.of("..", "docs", "examples", "campaigns", "wind.yaml");

    @TempDir
    private Path folder;

    @Test
    void eachFlightIsItsOwnAndAlwaysTheSame() {
        var campaign = Campaign.read(EXAMPLE);
        Set<String> winds = new HashSet<>();
        int planted = 0;
        for (int i = 1; i <= 50; i++) {
            var flight = campaign.flight(i);
            assertThat(flight.planText()).isEqualTo(campaign.flight(i).planText());
            assertThat(flight.seed()).isEqualTo(1_000 + i);
            winds.add(flight.draws().get("wind-speed"));
            planted += flight.plan().faults().size();
            assertThat(flight.vehicle().vehicle().massKilograms()).isBetween(1.475, 1.595);
            assertThat(flight.vehicle().design())
                    .as("the controller is told the nominal vehicle")
                    .isEqualTo(campaign.flight(1).vehicle().design());
        }
        assertThat(winds).hasSizeGreaterThan(45);
        assertThat(planted).as("of 50 flights with a tenth of them faulty").isBetween(1, 12);
    }

    @Test
    void aVariationMoreShiftsNoOther() throws IOException {
        var before = Campaign.read(campaign("")).flight(7).draws();
        var after = Campaign.read(
                        campaign("  - {name: from, in: plan, at: /wind/from, uniform: {from: 0 deg, to: 90 deg}}\n"))
                .flight(7)
                .draws();
        assertThat(after).containsAllEntriesOf(before).hasSize(before.size() + 1);
    }

    @Test
    void drawsKeepWithinTheirDistribution() throws IOException {
        var campaign = Campaign.read(campaign(""));
        double sum = 0;
        for (int i = 1; i <= 200; i++) {
            double speed =
                    Double.parseDouble(campaign.flight(i).draws().get("speed").split(" ")[0]);
            assertThat(speed).isBetween(2.0, 4.0);
            sum += speed;
        }
        assertThat(sum / 200).isBetween(2.85, 3.15);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "at: /wind/speed, uniform | at: /wind/sped, uniform | campaign.yaml:7:29: unknown key \"sped\"; did you mean \"speed\"?",
                "to: 4 m/s | to: 4 m | campaign.yaml:7:46: two units: \"m/s\" and \"m\"; write both in one",
                "to: 4 m/s | to: 1 m/s | campaign.yaml:7:46: \"from\" is above \"to\"",
                "to: 4 m/s | to: 400 m/s | campaign.yaml:7:29: ",
                "uniform: | unifrm: | campaign.yaml:7:46: unknown key \"unifrm\"; did you mean \"uniform\"?",
                "in: plan | in: plane | campaign.yaml:7:19: unknown in \"plane\"; valid are plan, vehicle; did you mean \"plan\"?",
                "flights: 1000 | flights: 0 | campaign.yaml:4:1: ",
                "plan: handover | plam: handover | campaign.yaml:1:1: ",
            })
    void whatIsWrongIsSaidWithItsPlace(String written, String instead, String expected) throws IOException {
        var file = campaign("");
        Files.writeString(file, Files.readString(file).replace(written, instead));
        assertThatThrownBy(() -> Campaign.read(file)).isInstanceOfSatisfying(ScenarioException.class, e -> {
            assertThat(e.code()).isEqualTo("CAMPAIGN_INVALID");
            assertThat(e.problems().get(0).toString()).startsWith(expected.trim());
        });
    }

    @Test
    void aFaultThatCannotBeIsFoundBeforeTheFirstFlight() throws IOException {
        var file = campaign(
                "faults:\n  - {name: weak, probability: 50 %, fault: {kind: rotor-thrust, from: 1 s, rotor: 9, factor: 0.5}}\n");
        assertThatThrownBy(() -> Campaign.read(file))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("rotor 9");
    }

    @Test
    void aVehiclesUnitMustBeTheOneItHas() throws IOException {
        var file = campaign("  - {name: mass, in: vehicle, at: /mass, normal: {mean: 1535 g, sigma: 20 g}}\n");
        assertThatThrownBy(() -> Campaign.read(file))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("the vehicle has this value in kg, not in g; did you mean \"kg\"?");
    }

    @Test
    void thereIsNoFlightBeyondTheLast() {
        var campaign = Campaign.read(EXAMPLE);
        assertThatIllegalArgumentException().isThrownBy(() -> campaign.flight(0));
        assertThatIllegalArgumentException().isThrownBy(() -> campaign.flight(201));
    }

    private Path campaign(String more) throws IOException {
        return Files.writeString(folder.resolve("campaign.yaml"), """
                format: kryla-campaign/1
                name: Test
                plan: handover
                flights: 1000

                vary:
                  - {name: speed, in: plan, at: /wind/speed, uniform: {from: 2 m/s, to: 4 m/s}}
                """ + more);
    }
}
