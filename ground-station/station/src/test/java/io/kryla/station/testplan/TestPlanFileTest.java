package io.kryla.station.testplan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.factory.calibration.CalibratedSensor;
import io.kryla.factory.provisioning.CalibrationStep;
import io.kryla.factory.provisioning.MeasurementLimit;
import io.kryla.factory.provisioning.TestPlan;
import io.kryla.hil.scenario.ScenarioException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TestPlanFileTest {
    private static final String GOOD = """
            format: kryla-test-plan/1
            name: plan-1
            attempts: 4
            label: required
            calibrations:
              - sensor: gyro
                samples: 100
                limits:
                  - {name: calibration.gyro.offset, unit: rad/s, upper: 0.1}
            measurements:
              - {name: battery.voltage, unit: V, lower: 14, upper: 17, marginal: 0.5}
            """;

    @Test
    void theShippedPlanCalibratesThreeSensors() {
        TestPlan plan = TestPlanFile.multicopter();
        assertThat(plan.calibrations())
                .extracting(CalibrationStep::sensor)
                .containsExactly(CalibratedSensor.ACCELEROMETER, CalibratedSensor.GYRO, CalibratedSensor.MAGNETOMETER);
        assertThat(plan.attempts()).isEqualTo(3);
        assertThat(plan.labels()).isTrue();
    }

    @Test
    void readsWhatIsWritten() {
        TestPlan plan = parse(GOOD);
        assertThat(plan.name()).isEqualTo("plan-1");
        assertThat(plan.attempts()).isEqualTo(4);
        assertThat(plan.flashesAtBench()).isFalse();
        assertThat(plan.limits()).containsExactly(new MeasurementLimit("battery.voltage", "V", 14, 17, 0.5));
    }

    @Test
    void aMisspeltKeyIsShownWithItsPlaceAndTheNearestOne() {
        assertProblem(
                GOOD.replace("marginal: 0.5", "marginl: 0.5"),
                "plan.yaml:11:60: unknown key \"marginl\"; did you mean \"marginal\"?");
    }

    @Test
    void aSensorThatDoesNotExistIsShownWithTheNearestOne() {
        assertProblem(
                GOOD.replace("sensor: gyro", "sensor: giro"), "plan.yaml:6:5: unknown sensor \"giro\"; valid are");
        assertProblem(GOOD.replace("sensor: gyro", "sensor: giro"), "did you mean \"gyro\"?");
    }

    @Test
    void aQualityThatDoesNotExistIsShownWithTheNearestOne() {
        assertProblem(GOOD.replace("gyro.offset", "gyro.ofset"), "did you mean \"calibration.gyro.offset\"?");
    }

    @Test
    void anotherUnitThanTheCalibrationHasIsRefused() {
        assertProblem(
                GOOD.replace("offset, unit: rad/s", "offset, unit: deg/s"),
                "calibration.gyro.offset has the unit rad/s");
    }

    @Test
    void limitsTheWrongWayRoundAreRefused() {
        assertProblem(GOOD.replace("lower: 14", "lower: 18"), "lower limit below upper expected");
    }

    @Test
    void aMeasurementWithoutAnyLimitIsRefused() {
        assertProblem(GOOD.replace("lower: 14, upper: 17, marginal: 0.5", "marginal: 0"), "plan.yaml:11");
    }

    @Test
    void moreThanThreeRepeatsAreRefused() {
        assertProblem(GOOD.replace("attempts: 4", "attempts: 5"), "attempts");
    }

    @Test
    void aNameThatStandsTwiceIsRefused() {
        assertProblem(
                GOOD + "  - {name: battery.voltage, unit: V, lower: 1}\n", "\"battery.voltage\" stands here twice");
    }

    private static TestPlan parse(String yaml) {
        return TestPlanFile.parse("plan.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertProblem(String yaml, String what) {
        assertThatThrownBy(() -> parse(yaml)).isInstanceOfSatisfying(ScenarioException.class, invalid -> {
            assertThat(invalid.code()).isEqualTo("TEST_PLAN_INVALID");
            assertThat(invalid.problems().toString()).contains(what);
        });
    }
}
