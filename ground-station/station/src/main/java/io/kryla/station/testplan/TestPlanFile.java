package io.kryla.station.testplan;

import com.fasterxml.jackson.databind.JsonNode;
import io.kryla.factory.calibration.CalibratedSensor;
import io.kryla.factory.calibration.Calibrator;
import io.kryla.factory.provisioning.CalibrationStep;
import io.kryla.factory.provisioning.MeasurementLimit;
import io.kryla.factory.provisioning.TestPlan;
import io.kryla.hil.scenario.DocumentProblem;
import io.kryla.hil.scenario.DocumentSchema;
import io.kryla.hil.scenario.NearestWord;
import io.kryla.hil.scenario.ScenarioException;
import io.kryla.hil.scenario.ScenarioFiles;
import io.kryla.hil.scenario.YamlDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads test plans; {@link ScenarioException} {@code TEST_PLAN_…} says what is wrong with one and where. */
public final class TestPlanFile {
    private static final String CODE = "TEST_PLAN";
    private static final String SHIPPED = "multicopter.yaml";
    private static final DocumentSchema SCHEMA = DocumentSchema.load(TestPlanFile.class, "test-plan.schema.json");

    private final YamlDocument document;
    private final List<DocumentProblem> problems = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private TestPlanFile(YamlDocument document) {
        this.document = document;
    }

    public static TestPlan read(Path file) {
        return parse(file.getFileName().toString(), ScenarioFiles.read(file, CODE));
    }

    /** @param file the name that problems are reported under */
    public static TestPlan parse(String file, byte[] bytes) {
        YamlDocument document = new YamlDocument(file, bytes, CODE);
        List<DocumentProblem> broken = SCHEMA.check(document);
        if (!broken.isEmpty()) {
            throw document.invalid(broken);
        }
        TestPlanFile reader = new TestPlanFile(document);
        TestPlan plan = reader.plan(document.root());
        if (!reader.problems.isEmpty()) {
            throw document.invalid(reader.problems);
        }
        return plan;
    }

    /** The plan that a line uses unless it has one of its own. */
    public static TestPlan multicopter() {
        return parse(SHIPPED, shipped());
    }

    /** The exact bytes of that plan, to begin one's own with. */
    public static byte[] shipped() {
        try (var in = TestPlanFile.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException(SHIPPED + " is missing from the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestPlan plan(JsonNode root) {
        List<CalibrationStep> calibrations = calibrations(root.path("calibrations"));
        List<MeasurementLimit> limits = limits("/measurements", root.path("measurements"));
        if (!problems.isEmpty()) {
            return new TestPlan("invalid", List.of(new MeasurementLimit("invalid", "1", 0, 1, 0)));
        }
        return new TestPlan(
                root.path("name").asText(),
                root.path("attempts").asInt(1),
                root.path("firmware").path("flashed-by").asText("airframe").equals("bench"),
                root.path("label").asText("none").equals("required"),
                calibrations,
                limits);
    }

    private List<CalibrationStep> calibrations(JsonNode list) {
        List<CalibrationStep> steps = new ArrayList<>();
        Set<CalibratedSensor> sensors = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode step = list.path(i);
            String pointer = "/calibrations/" + i;
            CalibratedSensor sensor =
                    CalibratedSensor.ofWord(step.path("sensor").asText()).orElseThrow();
            if (!sensors.add(sensor)) {
                problem(pointer + "/sensor", sensor.word() + " is calibrated twice", Optional.empty());
            }
            if (step.has("gravity") && sensor != CalibratedSensor.ACCELEROMETER) {
                problem(pointer + "/gravity", "gravity belongs to the accelerometer", Optional.empty());
            }
            requireQualities(sensor, pointer + "/limits", step.path("limits"));
            List<MeasurementLimit> limits = limits(pointer + "/limits", step.path("limits"));
            if (problems.isEmpty()) {
                steps.add(new CalibrationStep(
                        sensor,
                        step.path("samples").asInt(),
                        step.path("gravity").asDouble(Calibrator.STANDARD_GRAVITY_METERS_PER_SECOND_SQUARED),
                        limits));
            }
        }
        return steps;
    }

    private void requireQualities(CalibratedSensor sensor, String pointer, JsonNode limits) {
        Map<String, String> qualities = Calibrator.qualities(sensor);
        for (int i = 0; i < limits.size(); i++) {
            String name = limits.path(i).path("name").asText();
            String unit = limits.path(i).path("unit").asText();
            String known = qualities.get(name);
            if (known == null) {
                problem(
                        pointer + "/" + i + "/name",
                        "\"" + name + "\" is no quality of this calibration; valid are "
                                + String.join(", ", qualities.keySet()),
                        NearestWord.to(name, qualities.keySet()));
            } else if (!known.equals(unit)) {
                problem(pointer + "/" + i + "/unit", name + " has the unit " + known, Optional.of(known));
            }
        }
    }

    private List<MeasurementLimit> limits(String pointer, JsonNode list) {
        List<MeasurementLimit> limits = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode limit = list.path(i);
            String name = limit.path("name").asText();
            if (!names.add(name)) {
                problem(pointer + "/" + i + "/name", "\"" + name + "\" stands here twice", Optional.empty());
            }
            try {
                limits.add(new MeasurementLimit(
                        name,
                        limit.path("unit").asText(),
                        limit.path("lower").asDouble(Double.NEGATIVE_INFINITY),
                        limit.path("upper").asDouble(Double.POSITIVE_INFINITY),
                        limit.path("marginal").asDouble(0)));
            } catch (IllegalArgumentException e) {
                problem(pointer + "/" + i, String.valueOf(e.getMessage()), Optional.empty());
            }
        }
        return limits;
    }

    private void problem(String pointer, String what, Optional<String> nearest) {
        problems.add(document.problem(pointer, what, nearest));
    }
}
