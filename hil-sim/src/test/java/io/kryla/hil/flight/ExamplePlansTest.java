package io.kryla.hil.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.hil.verdict.Judge;
import io.kryla.hil.verdict.Outcome;
import io.kryla.hil.verdict.TelemetryTrack;
import io.kryla.hil.verdict.TruthTrack;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plans of the documentation end as they say they do. */
class ExamplePlansTest {
    @ParameterizedTest
    @CsvSource({"pass.yaml, PASS", "fail.yaml, FAIL"})
    void endsAsItSays(String name, Outcome outcome, @TempDir Path folder) {
        var file = Path.of("../docs/examples/plans").resolve(name);
        var plan = AcceptancePlan.read(file);
        var port = new LoopbackPort();
        var truth = folder.resolve("truth.mcap");

        SimulatedFlight.fly(new FlightSetup(plan, VehicleFile.of(plan, file), 1), port, port, truth, Pacer.unpaced());

        assertThat(Judge.judge(plan, 1, "test", TruthTrack.read(truth), TelemetryTrack.of(port.samples))
                        .outcome())
                .isEqualTo(outcome);
    }
}
