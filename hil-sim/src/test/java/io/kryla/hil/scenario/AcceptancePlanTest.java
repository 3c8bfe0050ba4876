package io.kryla.hil.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceptancePlanTest {
    private static final String HANDOVER = new String(AcceptancePlan.handoverPlan(), StandardCharsets.UTF_8);

    @Test
    void readsTheShippedPlan() {
        var plan = plan(HANDOVER);

        assertThat(plan.actions())
                .extracting(PilotAction::name)
                .containsExactly("arm", "take-off", "hover", "square", "return");
        assertThat(plan.actions().get(1).order()).isEqualTo(new PilotAction.Order.TakeOff(10));
        assertThat(plan.actions().get(3).at())
                .isEqualTo(new Moment.After("hover", Moment.Stage.ACCEPTED, 15_000_000_000L));
        assertThat(plan.criteria()).hasSizeGreaterThan(12);
        assertThat(plan.site().origin().latitudeRadians()).isCloseTo(StrictMath.toRadians(47.397742), within(1e-12));
    }

    @Test
    void takesTheMagneticFieldFromTheModelOrFromThePlan() {
        assertThat(plan(HANDOVER).site().magneticIntensityTesla()).isCloseTo(48.4e-6, within(0.1e-6));
        var measured = "magnetic-field: {declination: 2 deg, inclination: 60 deg, intensity: 47 uT}";
        assertThat(plan(HANDOVER.replace("year: 2026.5", measured)).site().magneticIntensityTesla())
                .isCloseTo(47e-6, within(1e-12));
        assertThat(onlyProblem(HANDOVER.replace("year: 2026.5", "year: 2026.5\n  " + measured))
                        .what())
                .contains("either \"year\" or \"magnetic-field\"");
        assertThat(onlyProblem(HANDOVER.replace("year: 2026.5", "year: 2031")).what())
                .contains("2030.0");
    }

    @Test
    void blowsInGustsIfAsked() {
        var weather = plan(HANDOVER.replace(
                        "wind: {speed: 0 m/s}", "wind: {speed: 6 m/s, from: 90 deg, turbulence: 8 m/s}"))
                .weather();
        assertThat(weather.meanWind().eastMetersPerSecond()).isCloseTo(-6, within(1e-12));
        assertThat(weather.turbulenceMetersPerSecond()).isEqualTo(8);
        assertThat(onlyProblem(HANDOVER.replace("wind: {speed: 0 m/s}", "wind: {speed: 6 m/s, turbulence: 80 m/s}"))
                        .what())
                .contains("turbulenceMetersPerSecond must lie in [0.0, 40.0]");
    }

    @Test
    void namesLineColumnAndTheNearestKey() {
        var problem = onlyProblem(HANDOVER.replace("at: 10 s}", "att: 2 s, at: 10 s}"));

        assertThat(problem.line()).isEqualTo(lineOf("do: arm"));
        assertThat(problem.column()).isEqualTo(15);
        assertThat(problem.toString()).contains("plan.yaml:").contains("unknown key \"att\"; did you mean \"at\"?");
    }

    @Test
    void namesTheNearestMetric() {
        var problem = onlyProblem(HANDOVER.replace("metric: position-cep95", "metric: position-cep59"));

        assertThat(problem.line()).isEqualTo(lineOf("metric: position-cep95"));
        assertThat(problem.nearest()).contains("position-cep95");
    }

    @Test
    void namesTheNearestAction() {
        var problem = onlyProblem(HANDOVER.replace("at: square completed", "at: squares completed"));

        assertThat(problem.what()).contains("no action \"squares\"");
        assertThat(problem.nearest()).contains("square");
    }

    @Test
    void refusesAnActionThatWaitsForALaterOne() {
        assertThat(onlyProblem(HANDOVER.replace("at: take-off completed}", "at: return completed}"))
                        .what())
                .contains("stands above");
    }

    @Test
    void saysWhatAQuantityLooksLike() {
        assertThat(onlyProblem(HANDOVER.replace("speed: 5 m/s", "speed: 5 knots"))
                        .what())
                .isEqualTo("speed: expected a speed such as 5 m/s, found \"5 knots\"");
        assertThat(onlyProblem(HANDOVER.replace("at-most: 1.5 m\n", "at-most: 1.5 s\n"))
                        .what())
                .isEqualTo("cross-track is measured in m, not in s");
    }

    @Test
    void reportsEveryProblemOfTheSchemaAtOnce() {
        var broken = HANDOVER.replace("speed: 5 m/s", "sped: 5 m/s").replace("stream: both", "stream: boht");

        assertThat(failure(broken).problems()).hasSize(3);
    }

    @Test
    void refusesWhatAnActionDoesNotTake() {
        assertThat(onlyProblem(HANDOVER.replace("{do: arm, at: 10 s}", "{do: arm, at: 10 s, height: 3 m}"))
                        .what())
                .isEqualTo("arm takes no \"height\"");
        assertThat(onlyProblem(HANDOVER.replace(", height: 10 m}\n  - {do: hold", "}\n  - {do: hold"))
                        .what())
                .isEqualTo("\"height\" is missing: take-off needs it");
    }

    @Test
    void refusesAStreamThatCannotGiveTheMetric() {
        var broken = HANDOVER.replace("action: return\n    stream: telemetry", "action: return\n    stream: truth");

        assertThat(onlyProblem(broken).what()).contains("disarmed-within cannot be taken from \"truth\"");
    }

    @Test
    void refusesRepeatedNames() {
        assertThat(onlyProblem(HANDOVER.replace("name: Telemetry gap", "name: Tilt"))
                        .what())
                .contains("\"Tilt\" is taken");
        assertThat(failure(HANDOVER.replace("speed: 0 m/s}", "speed: 0 m/s, speed: 1 m/s}"))
                        .getMessage())
                .contains("stands here twice");
    }

    @Test
    void refusesAnchorsSoThatNothingGrows() {
        var bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";

        assertThat(failure(bomb).getMessage()).contains("anchors and aliases are not allowed");
    }

    @Test
    void refusesTooDeepTooLargeAndWhatIsNotYaml() {
        assertThat(failure("[".repeat(1000)).code()).isEqualTo("PLAN_INVALID");
        assertThat(failure("x".repeat(YamlDocument.MAX_BYTES + 1)).code()).isEqualTo("PLAN_TOO_LARGE");
        assertThat(failure("name: [").getMessage()).contains("plan.yaml:").contains("not YAML");
        assertThat(failure("").getMessage()).contains("empty");
        assertThat(failure("a: 1\n---\nb: 2\n").getMessage()).contains("not YAML");
        assertThat(failure("name: !!java.net.URL x").getMessage()).contains("not allowed");
        assertThat(catchThrowableOfType(
                                ScenarioException.class,
                                () -> AcceptancePlan.parse("plan.yaml", new byte[] {(byte) 0xC3, 0x28}))
                        .getMessage())
                .contains("not UTF-8");
    }

    @Test
    void saysThatAFileIsMissing(@TempDir Path folder) {
        var thrown =
                catchThrowableOfType(ScenarioException.class, () -> AcceptancePlan.read(folder.resolve("none.yaml")));

        assertThat(thrown.code()).isEqualTo("PLAN_UNREADABLE");
        assertThat(thrown.getMessage()).contains("none.yaml does not exist");
    }

    @Test
    void commandIdsDependOnPlanSeedAndAction() {
        var plan = plan(HANDOVER);
        var other = plan(HANDOVER + "# another plan\n");

        assertThat(plan.commandId(1, 0)).hasSize(16).isEqualTo(plan(HANDOVER).commandId(1, 0));
        assertThat(plan.commandId(1, 0)).isNotEqualTo(plan.commandId(1, 1)).isNotEqualTo(plan.commandId(2, 0));
        assertThat(other.commandId(1, 0)).isNotEqualTo(plan.commandId(1, 0));
    }

    private static AcceptancePlan plan(String yaml) {
        return AcceptancePlan.parse("plan.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static ScenarioException failure(String yaml) {
        var thrown = catchThrowableOfType(ScenarioException.class, () -> plan(yaml));
        assertThat(thrown).isNotNull();
        return thrown;
    }

    private static DocumentProblem onlyProblem(String yaml) {
        assertThat(yaml).isNotEqualTo(HANDOVER);
        var problems = failure(yaml).problems();
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    private static int lineOf(String text) {
        return (int) HANDOVER.substring(0, HANDOVER.indexOf(text)).lines().count();
    }

    private static org.assertj.core.data.Offset<Double> within(double tolerance) {
        return org.assertj.core.data.Offset.offset(tolerance);
    }
}
