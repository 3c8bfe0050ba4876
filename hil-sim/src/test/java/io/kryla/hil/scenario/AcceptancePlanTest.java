package io.kryla.hil.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kryla.hil.autopilot.Failsafe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
    void readsAFaultWithOnsetDurationMagnitudeAndGrowth() {
        var plan = plan(withFault(
                "{kind: gnss-offset, north: 3 m, up: -50 cm, from: hover accepted + 2 s, for: 5 s, ramp: 500 ms}"));

        assertThat(plan.faults())
                .containsExactly(new Fault(
                        FaultKind.GNSS_OFFSET,
                        Map.of("north", 3.0, "up", -0.5),
                        new Moment.After("hover", Moment.Stage.ACCEPTED, 2_000_000_000L),
                        new Moment.After("hover", Moment.Stage.ACCEPTED, 7_000_000_000L),
                        500_000_000L));
        assertThat(plan.faults().get(0).value("north", plan.faults().get(0).growth(250_000_000L)))
                .isCloseTo(1.5, within(1e-12));
    }

    @Test
    void namesTheNearestFaultAndTheNearestOfItsKeys() {
        var kind = onlyProblem(withFault("{kind: gnss-ofset, north: 3 m, from: 1 s}"));
        assertThat(kind.nearest()).contains("gnss-offset");
        assertThat(kind.line()).isEqualTo(lineOf("criteria:") + 1);
        assertThat(onlyProblem(withFault("{kind: gyro-bias, x: 1 deg/s, north: 1 m, from: 1 s}"))
                        .what())
                .isEqualTo("gyro-bias takes no \"north\"");
    }

    @Test
    void refusesFaultsThatCannotBe() {
        assertThat(faultProblem("{kind: accelerometer-bias, x: 1 deg/s, from: 1 s}"))
                .isEqualTo("x is given in m/s2, not in deg/s");
        assertThat(faultProblem("{kind: gyro-bias, x: 1 furlong, from: 1 s}")).startsWith("x: expected a number with");
        assertThat(faultProblem("{kind: rotor-thrust, rotor: 1, factor: 1.5, from: 1 s}"))
                .isEqualTo("factor: rotor-thrust takes 0 to 1, found \"1.5\"");
        assertThat(faultProblem("{kind: battery-cold, temperature: -80 degC, from: 1 s}"))
                .isEqualTo("temperature: battery-cold takes -40 to 25 degC, found \"-80 degC\"");
        assertThat(faultProblem("{kind: rotor-order, rotor: 1, other: 1, from: 1 s}"))
                .isEqualTo("a rotor cannot be swapped with itself");
        assertThat(faultProblem("{kind: gyro-bias, from: 1 s}"))
                .isEqualTo("gyro-bias does nothing without one of x, y, z");
        assertThat(faultProblem("{kind: rotor-loss, from: 1 s}"))
                .isEqualTo("\"rotor\" is missing: rotor-loss needs it");
    }

    @Test
    void refusesTimesThatCannotBe() {
        assertThat(faultProblem("{kind: gnss-outage, from: 9 s, to: 5 s}"))
                .isEqualTo("a fault ends before it begins: 5 s comes before 9 s");
        assertThat(faultProblem("{kind: gnss-outage, from: hover accepted + 4 s, to: hover accepted + 2 s}"))
                .contains("ends before it begins");
        assertThat(faultProblem("{kind: gnss-outage, from: hover completed, to: hover accepted}"))
                .isNull();
        assertThat(faultProblem("{kind: gnss-outage, from: 9 s, to: 9 s}")).contains("does nothing");
        assertThat(faultProblem("{kind: gnss-outage, from: 900 s}"))
                .isEqualTo("never comes: 900 s is beyond the time limit of 150 s");
        assertThat(faultProblem("{kind: gnss-outage, from: 9 s, for: 0 s}")).isEqualTo("for: more than 0 s");
        assertThat(faultProblem("{kind: gnss-outage, from: 9 s, to: 12 s, for: 3 s}"))
                .contains("not by both");
        assertThat(faultProblem("{kind: gnss-outage, from: 9 s, ramp: 1 s}")).contains("takes no \"ramp\"");
        assertThat(faultProblem("{kind: gnss-noise, factor: 9, from: 9 s, for: 3 s, ramp: 5 s}"))
                .contains("over before it has grown");
        assertThat(onlyProblem(
                                HANDOVER.replace(
                                        "window: {from: hover accepted + 3 s, to: hover accepted + 15 s}\n    stream: telemetry",
                                        "window: {from: hover accepted + 15 s, to: hover accepted + 3 s}\n    stream: telemetry"))
                        .what())
                .contains("the window ends before it begins");
        assertThat(onlyProblem(HANDOVER.replace("at: 10 s}", "at: 160 s}")).what())
                .contains("beyond the time limit");
    }

    /** The schema says what an editor may offer, the parser what it takes: they must not part. */
    @Test
    void schemaAndParserAgree() throws IOException {
        var defs = new ObjectMapper()
                .readTree(AcceptancePlan.class.getResourceAsStream("acceptance-plan.schema.json"))
                .path("$defs");
        var fault = defs.path("fault").path("properties");
        assertThat(texts(fault.path("kind").path("enum")))
                .containsExactlyElementsOf(
                        Stream.of(FaultKind.values()).map(FaultKind::word).toList());
        var keys = new TreeSet<>(Set.of("kind", "from", "to", "for", "ramp"));
        for (var kind : FaultKind.values()) {
            kind.parameters().forEach(parameter -> keys.add(parameter.key()));
        }
        var offered = new TreeSet<String>();
        fault.fieldNames().forEachRemaining(offered::add);
        assertThat(offered).isEqualTo(keys);
        assertThat(texts(
                        defs.path("criterion").path("properties").path("metric").path("enum")))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Metric.values()).map(Metric::word).toList());
        assertThat(texts(defs.path("criterion")
                        .path("properties")
                        .path("failsafe")
                        .path("enum")))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Failsafe.values()).map(Failsafe::name).toList());
        var magnitude = Pattern.compile(defs.path("magnitude").path("pattern").asText());
        for (var unit : Unit.values()) {
            assertThat(magnitude.matcher("1.5 " + unit.symbol()).matches())
                    .as(unit.symbol())
                    .isTrue();
        }
        for (var metric : Metric.values()) {
            assertThat(Pattern.compile(defs.path("quantity").path("pattern").asText())
                            .matcher("1 " + metric.unit().symbol())
                            .matches())
                    .as(metric.word())
                    .isTrue();
        }
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String withFault(String fault) {
        return HANDOVER.replace("criteria:", "faults: [" + fault + "]\ncriteria:");
    }

    /** What is wrong with a fault; null if nothing. */
    private static @Nullable String faultProblem(String fault) {
        try {
            plan(withFault(fault));
            return null;
        } catch (ScenarioException e) {
            assertThat(e.problems()).hasSize(1);
            return e.problems().get(0).what();
        }
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
