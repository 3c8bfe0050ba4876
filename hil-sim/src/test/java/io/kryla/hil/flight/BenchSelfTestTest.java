package io.kryla.hil.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kryla.hil.physics.Site;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.hil.sensors.AxisDefect;
import io.kryla.hil.sensors.SensorAxis;
import io.kryla.hil.sensors.SensorFaults;
import io.kryla.v1.MeasuredValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchSelfTestTest {
    private static final List<String> NAMES = List.of(
            "accelerometer.norm",
            "gyro.bias",
            "magnetometer.norm",
            "barometer.pressure",
            "battery.voltage",
            "gnss.satellites",
            "gnss.spread");

    @Test
    void aHealthyUnitMeasuresTheWorldItStandsIn() {
        var values = measure(SensorFaults.none(), NAMES);

        assertThat(values).extracting(MeasuredValue::getName).isEqualTo(NAMES);
        assertThat(values)
                .extracting(MeasuredValue::getUnit)
                .containsExactly("m/s²", "rad/s", "G", "Pa", "V", "1", "m");
        assertThat(values.get(0).getValue()).isCloseTo(9.80665, within(1.0));
        assertThat(values.get(1).getValue()).isLessThan(0.05);
        assertThat(values.get(2).getValue()).isCloseTo(0.48, within(0.01));
        // The standard atmosphere at 488 m.
        assertThat(values.get(3).getValue()).isCloseTo(95_600, within(200.0));
        assertThat(values.get(4).getValue()).isCloseTo(16.8, within(0.2));
        assertThat(values.get(5).getValue()).isEqualTo(14);
        assertThat(values.get(6).getValue()).isBetween(0.0, 1.5);
    }

    @Test
    void aDefectShows() {
        var tilted = SensorFaults.none().with(SensorAxis.ACCELEROMETER_Z, new AxisDefect.Offset(3));
        var stuck = SensorFaults.none().with(SensorAxis.GYRO_X, new AxisDefect.Stuck());

        assertThat(measure(tilted, List.of("accelerometer.norm")).get(0).getValue())
                .isCloseTo(6.8, within(0.6));
        assertThat(measure(stuck, List.of("gyro.quietest-axis")).get(0).getValue())
                .isZero();
        assertThat(measure(SensorFaults.none(), List.of("gyro.quietest-axis"))
                        .get(0)
                        .getValue())
                .isPositive();
    }

    @Test
    void withoutAFixThereAreNoSatellites() {
        var values = measure(SensorFaults.none().withGnssOutage(), List.of("gnss.satellites", "gnss.spread"));

        assertThat(values)
                .singleElement()
                .satisfies(value -> assertThat(value.getValue()).isZero());
    }

    @Test
    void leavesOutWhatItCannotMeasure() {
        assertThat(measure(SensorFaults.none(), List.of("lidar.range", "gyro.bias")))
                .extracting(MeasuredValue::getName)
                .containsExactly("gyro.bias");
    }

    @Test
    void theSameUnitMeasuresTheSame() {
        assertThat(measure(SensorFaults.none(), NAMES)).isEqualTo(measure(SensorFaults.none(), NAMES));
    }

    private static List<MeasuredValue> measure(SensorFaults defects, List<String> names) {
        return new BenchSelfTest(VehicleFile.shipped("quad-1500g"), Site.reference(), 11, defects).measure(names);
    }
}
