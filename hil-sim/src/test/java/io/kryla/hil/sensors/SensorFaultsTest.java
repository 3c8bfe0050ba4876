package io.kryla.hil.sensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SensorFaultsTest {
    @Test
    void addsUp() {
        SensorFaults faults = SensorFaults.none()
                .withGnssOffset(3, 0, 0)
                .withGnssOffset(1, 2, 0)
                .with(SensorAxis.GYRO_X, new AxisDefect.Stuck())
                .with(SensorAxis.GYRO_X, new AxisDefect.Offset(0.1))
                .withGnssOutage();
        assertThat(faults.gnss()).isEqualTo(new GnssFaults(true, 4, 2, 0, 0, 1, 100));
        assertThat(faults.axes())
                .isEqualTo(Map.of(SensorAxis.GYRO_X, List.of(new AxisDefect.Stuck(), new AxisDefect.Offset(0.1))));
        assertThat(SensorFaults.none().axes()).isEmpty();
    }

    @Test
    void refusesWhatIsNotANumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SensorFaults.none().withGnssOffset(Double.NaN, 0, 0))
                .withMessageContaining("offsetNorthMeters");
        assertThatIllegalArgumentException().isThrownBy(() -> new AxisDefect.Offset(Double.POSITIVE_INFINITY));
    }
}
