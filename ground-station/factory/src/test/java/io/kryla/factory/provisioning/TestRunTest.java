package io.kryla.factory.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.airframe.provisioning.RefusalCodes;
import io.kryla.factory.calibration.CalibratedSensor;
import io.kryla.factory.calibration.Pose;
import io.kryla.v1.MeasuredValue;
import io.kryla.v1.Measurement;
import io.kryla.v1.MeasurementOutcome;
import io.kryla.v1.ParametersReport;
import io.kryla.v1.ProvisioningMessage.MessageCase;
import io.kryla.v1.SampleReport;
import io.kryla.v1.SensorSample;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestRunTest {
    private static final MeasurementLimit VOLTAGE = new MeasurementLimit("battery.voltage", "V", 14, 17, 0.5);
    private static final CalibrationStep GYRO = new CalibrationStep(
            CalibratedSensor.GYRO,
            2,
            9.80665,
            List.of(new MeasurementLimit("calibration.gyro.offset", "rad/s", Double.NEGATIVE_INFINITY, 0.1, 0)));

    @Test
    void measuresAgainWhatFailedAndKeepsEveryAttempt() {
        TestRun run =
                new TestRun(new TestPlan("p", 3, false, false, List.of(), List.of(VOLTAGE, limit("gyro.bias"))), "S");
        assertThat(asked(run.begin())).containsExactly("battery.voltage", "gyro.bias");
        assertThat(asked(run.onMeasurements(List.of(volts(13), value("gyro.bias", "rad/s", 0.01)))))
                .as("only what failed")
                .containsExactly("battery.voltage");
        assertThat(run.onMeasurements(List.of(volts(16)))).isInstanceOf(TestRun.Passed.class);
        assertThat(run.taken())
                .extracting(Measurement::getName, Measurement::getAttempt, Measurement::getOutcome)
                .containsExactly(
                        tuple("battery.voltage", 1, MeasurementOutcome.MEASUREMENT_OUTCOME_FAIL),
                        tuple("gyro.bias", 1, MeasurementOutcome.MEASUREMENT_OUTCOME_PASS),
                        tuple("battery.voltage", 2, MeasurementOutcome.MEASUREMENT_OUTCOME_PASS));
    }

    @Test
    void endsAfterThePlansLastAttempt() {
        TestRun run = new TestRun(new TestPlan("p", 2, false, false, List.of(), List.of(VOLTAGE)), "S");
        run.begin();
        assertThat(run.onMeasurements(List.of(volts(13)))).isInstanceOf(TestRun.Ask.class);
        assertThat(run.onMeasurements(List.of(volts(13))))
                .isEqualTo(new TestRun.Failed(RefusalCodes.SELF_TEST_FAILED, "battery.voltage"));
        assertThat(run.taken()).hasSize(2);
    }

    @Test
    void asksForAPoseThenForSamplesThenWritesTheCorrection() {
        TestRun run = new TestRun(new TestPlan("p", 1, false, false, List.of(GYRO), List.of(VOLTAGE)), "S");
        assertThat(run.begin()).isEqualTo(new TestRun.Hold(new BenchTask.Hold("S", CalibratedSensor.GYRO, Pose.STILL)));
        assertThat(((TestRun.Ask) run.onHeld()).answer()).isEqualTo(MessageCase.SAMPLE_REPORT);
        TestRun.Ask write = (TestRun.Ask) run.onSamples(samples("gyro", 0.02));
        assertThat(write.answer()).isEqualTo(MessageCase.PARAMETERS_REPORT);
        var written = write.question().getParametersWrite().getParametersList();
        assertThat(written).extracting("name").contains("cal.gyro.offset_x", "cal.gyro.scale_z");

        assertThat(run.onParameters(
                        ParametersReport.newBuilder().addAllParameters(written).build()))
                .isInstanceOf(TestRun.Ask.class);
        assertThat(run.corrections()).isEqualTo(written);
    }

    @Test
    void aCorrectionThatIsNotReadBackEndsTheRun() {
        TestRun run = new TestRun(new TestPlan("p", 1, false, false, List.of(GYRO), List.of(VOLTAGE)), "S");
        run.begin();
        run.onHeld();
        run.onSamples(samples("gyro", 0.02));
        assertThat(run.onParameters(ParametersReport.getDefaultInstance()))
                .isInstanceOfSatisfying(
                        TestRun.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(RefusalCodes.PARAMETER_MISMATCH));
    }

    @Test
    void calibratesAgainWithTheAirframeHeldAnewThenGivesUp() {
        TestRun run = new TestRun(new TestPlan("p", 2, false, false, List.of(GYRO), List.of(VOLTAGE)), "S");
        run.begin();
        run.onHeld();
        assertThat(run.onSamples(samples("gyro", 0.5))).isInstanceOf(TestRun.Hold.class);
        run.onHeld();
        assertThat(run.onSamples(samples("gyro", 0.5)))
                .isEqualTo(new TestRun.Failed(RefusalCodes.CALIBRATION_FAILED, "calibration.gyro.offset"));
        assertThat(run.taken()).extracting(Measurement::getAttempt).containsExactly(1, 2);
    }

    @Test
    void samplesOfAnotherSensorAreNone() {
        TestRun run = new TestRun(new TestPlan("p", 1, false, false, List.of(GYRO), List.of(VOLTAGE)), "S");
        run.begin();
        run.onHeld();
        assertThat(run.onSamples(samples("magnetometer", 0.02))).isInstanceOf(TestRun.Failed.class);
    }

    private static List<String> asked(TestRun.Step step) {
        return ((TestRun.Ask) step).question().getMeasurementRequest().getNamesList();
    }

    private static MeasurementLimit limit(String name) {
        return new MeasurementLimit(name, "rad/s", Double.NEGATIVE_INFINITY, 0.05, 0);
    }

    private static MeasuredValue volts(double value) {
        return value("battery.voltage", "V", value);
    }

    private static MeasuredValue value(String name, String unit, double value) {
        return MeasuredValue.newBuilder()
                .setName(name)
                .setUnit(unit)
                .setValue(value)
                .build();
    }

    private static SampleReport samples(String sensor, double offset) {
        SensorSample sample = SensorSample.newBuilder().setXFrd(offset).build();
        return SampleReport.newBuilder()
                .setSensor(sensor)
                .addSamples(sample)
                .addSamples(sample)
                .build();
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }
}
