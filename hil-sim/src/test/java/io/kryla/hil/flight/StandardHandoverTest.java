package io.kryla.hil.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.scenario.AirframeDefect;
import io.kryla.hil.scenario.Criterion;
import io.kryla.hil.scenario.PlanFolder;
import io.kryla.hil.scenario.ScenarioException;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.hil.verdict.Judge;
import io.kryla.hil.verdict.Outcome;
import io.kryla.hil.verdict.TelemetryTrack;
import io.kryla.hil.verdict.TruthTrack;
import io.kryla.hil.verdict.VerdictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The acceptance that comes with the simulator: a sound airframe passes all of it, each known defect fails some of it. */
class StandardHandoverTest {
    private static final PlanFolder STANDARD = PlanFolder.standard();
    private static final VehicleFile REFERENCE = VehicleFile.shipped("quad-1500g");

    /** Ten, and 200 with {@code -Dkryla.test.tries.factor=20}. */
    private static final int SEEDS = 10 * Integer.getInteger("kryla.test.tries.factor", 1);

    @Test
    void failsNoSoundAirframe() {
        List<String> failures = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            long unit = seed;
            flight(seed, STANDARD).fly(2, (file, verdict) -> {}).forEach((file, verdict) -> {
                if (verdict.outcome() != Outcome.PASS) {
                    failures.add(file + " seed " + unit + ": " + PlanFolderFlight.failings(verdict));
                }
            });
        }
        assertThat(failures).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void findsEachDefectAsItsPageSays(AirframeDefect defect) throws IOException {
        var finding = DefectFinding.find(defect, STANDARD, REFERENCE, 1);
        assertThat(finding.found()).isTrue();
        assertThat(Files.readString(Path.of("../docs/handover.md"))).contains(finding.row());
    }

    @Test
    void hasThirtyTestsAndMoreEachWithASourceAndItsPlaceOnThePage() throws IOException {
        var page = Files.readString(Path.of("../docs/handover.md"));
        assertThat(STANDARD.plans()).hasSizeGreaterThanOrEqualTo(30);
        STANDARD.plans().values().forEach(plan -> {
            assertThat(page).contains("| " + plan.name() + " |");
            assertThat(plan.criteria())
                    .isNotEmpty()
                    .extracting(Criterion::source)
                    .allSatisfy(source -> assertThat(source).isNotBlank());
        });
    }

    @Test
    void isFlownFromAFolderTooAndBroughtToTheSameVerdictsByOneThread(@TempDir Path folder) throws IOException {
        var few = STANDARD.plans().keySet().stream().limit(8).toList();
        for (var name : few) {
            Files.writeString(folder.resolve(name), PlanFolder.text(name));
        }
        var read = PlanFolder.read(folder);
        assertThat(read.plans().keySet()).containsExactlyElementsOf(few);
        var two = flight(3, read).fly(2, (file, verdict) -> {});
        var one = flight(3, read).fly(1, (file, verdict) -> {});
        few.forEach(name -> assertThat(VerdictJson.encode(one.get(name))).isEqualTo(VerdictJson.encode(two.get(name))));
    }

    @Test
    void saysThatAFolderHoldsNoPlan(@TempDir Path folder) {
        Assertions.assertThatThrownBy(() -> PlanFolder.read(folder))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("no .yaml in");
        Assertions.assertThatThrownBy(() -> PlanFolder.read(folder.resolve("none")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("cannot be read");
    }

    /** In memory or through a recording: the same flight, the same bytes. */
    @Test
    void unsignedFlightsGiveTheVerdictOfRecordedOnes(@TempDir Path folder) {
        var setup = new FlightSetup(STANDARD.plans().get("08-hover.yaml"), REFERENCE, 5);
        var port = new LoopbackPort();
        var truth = folder.resolve("truth.mcap");
        SimulatedFlight.fly(setup, port, port, truth, Pacer.unpaced());
        var recorded = Judge.judge(setup.plan(), 5, "test", TruthTrack.read(truth), TelemetryTrack.of(port.samples));
        assertThat(VerdictJson.encode(UnsignedFlight.fly(setup, "test"))).isEqualTo(VerdictJson.encode(recorded));
    }

    private static PlanFolderFlight flight(long seed, PlanFolder folder) {
        return new PlanFolderFlight(
                folder, (Map.Entry<String, AcceptancePlan> plan) -> REFERENCE, seed, Optional.empty(), "test");
    }
}
