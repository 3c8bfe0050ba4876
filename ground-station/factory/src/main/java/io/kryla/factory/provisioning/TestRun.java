package io.kryla.factory.provisioning;

import io.kryla.airframe.provisioning.RefusalCodes;
import io.kryla.factory.calibration.CalibrationResult;
import io.kryla.factory.calibration.Calibrator;
import io.kryla.factory.calibration.Pose;
import io.kryla.v1.MeasuredValue;
import io.kryla.v1.Measurement;
import io.kryla.v1.MeasurementRequest;
import io.kryla.v1.Parameter;
import io.kryla.v1.ParametersReport;
import io.kryla.v1.ParametersWrite;
import io.kryla.v1.ProvisioningMessage;
import io.kryla.v1.ProvisioningMessage.MessageCase;
import io.kryla.v1.SampleReport;
import io.kryla.v1.SampleRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calibrates and measures one airframe by the line's plan. Poses of a sensor, its samples, its correction written and read
 * back, sensor after sensor; then every measurement. What fails is taken again as often as the plan says, and all of it is
 * kept. Holds nothing that outlives the conversation.
 */
final class TestRun {
    sealed interface Step {}

    /** Somebody has to hold the airframe; go on with {@link #onHeld}. */
    record Hold(BenchTask.Hold task) implements Step {}

    /** The airframe is asked. */
    record Ask(MessageCase answer, ProvisioningMessage.Builder question) implements Step {}

    /** @param names of what failed, for people */
    record Failed(String code, String names) implements Step {}

    /** Within all limits. */
    record Passed() implements Step {}

    private final TestPlan plan;
    private final String serial;
    private final List<Measurement> taken = new ArrayList<>();
    private final List<Parameter> corrections = new ArrayList<>();
    private List<Parameter> writtenNow = List.of();
    private int sensor;
    private int pose;
    private int attempt = 1;
    private List<String> due = List.of();
    private @Nullable Calibrator calibrator;

    TestRun(TestPlan plan, String serial) {
        this.plan = plan;
        this.serial = serial;
    }

    /** All that was measured, failed attempts too. */
    List<Measurement> taken() {
        return List.copyOf(taken);
    }

    /** Corrections in force. */
    List<Parameter> corrections() {
        return List.copyOf(corrections);
    }

    Step begin() {
        return sensor < plan.calibrations().size() ? beginSensor() : measure(plan.measurementNames());
    }

    private Step beginSensor() {
        CalibrationStep step = step();
        calibrator = new Calibrator(step.sensor(), step.gravityMetersPerSecondSquared());
        pose = 0;
        return hold();
    }

    private CalibrationStep step() {
        return plan.calibrations().get(sensor);
    }

    private Step hold() {
        return new Hold(new BenchTask.Hold(serial, step().sensor(), nextPose()));
    }

    private Calibrator calibrator() {
        return Objects.requireNonNull(calibrator, "samples are asked for by a calibration");
    }

    private Pose nextPose() {
        return step().sensor().poses().get(pose);
    }

    Step onHeld() {
        return new Ask(
                MessageCase.SAMPLE_REPORT,
                ProvisioningMessage.newBuilder()
                        .setSampleRequest(SampleRequest.newBuilder()
                                .setSensor(step().sensor().word())
                                .setCount(step().samplesPerPose())));
    }

    Step onSamples(SampleReport report) {
        calibrator()
                .add(
                        nextPose(),
                        report.getSensor().equals(step().sensor().word()) ? report.getSamplesList() : List.of());
        pose++;
        return pose < step().sensor().poses().size() ? hold() : correct();
    }

    private Step correct() {
        CalibrationResult result = calibrator().compute();
        Optional<String> fault;
        if (result instanceof CalibrationResult.Computed computed) {
            List<Measurement> judged = step().judge(computed.quality(), attempt);
            taken.addAll(judged);
            List<String> failures = TestPlan.failures(judged);
            if (failures.isEmpty()) {
                writtenNow = computed.correction().toParameters(step().sensor());
                return new Ask(
                        MessageCase.PARAMETERS_REPORT,
                        ProvisioningMessage.newBuilder()
                                .setParametersWrite(ParametersWrite.newBuilder().addAllParameters(writtenNow)));
            }
            fault = Optional.of(String.join(", ", failures));
        } else {
            fault = Optional.of(((CalibrationResult.Impossible) result).reason());
        }
        if (attempt < plan.attempts()) {
            attempt++;
            return beginSensor();
        }
        return new Failed(RefusalCodes.CALIBRATION_FAILED, fault.get());
    }

    Step onParameters(ParametersReport report) {
        Optional<Parameter> missing = writtenNow.stream()
                .filter(parameter -> !report.getParametersList().contains(parameter))
                .findFirst();
        if (missing.isPresent()) {
            return new Failed(
                    RefusalCodes.PARAMETER_MISMATCH, missing.get().getName() + " was not read back as written");
        }
        corrections.addAll(writtenNow);
        sensor++;
        attempt = 1;
        return begin();
    }

    private Step measure(List<String> names) {
        due = names;
        return new Ask(
                MessageCase.MEASUREMENT_REPORT,
                ProvisioningMessage.newBuilder()
                        .setMeasurementRequest(MeasurementRequest.newBuilder().addAllNames(names)));
    }

    Step onMeasurements(List<MeasuredValue> report) {
        List<Measurement> judged = TestPlan.judge(plan.limitsOf(due), report, attempt);
        taken.addAll(judged);
        List<String> failures = TestPlan.failures(judged);
        if (failures.isEmpty()) {
            return new Passed();
        }
        if (attempt < plan.attempts()) {
            attempt++;
            return measure(failures);
        }
        return new Failed(RefusalCodes.SELF_TEST_FAILED, String.join(", ", failures));
    }
}
