package io.kryla.hil.sensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SensorFaultsTest {
    @Test
    void addsUpAndReplacesByAxis() {
        SensorFaults faults = SensorFaults.none()
                .withGnssOffset(3, 0, 0)
                .with(SensorAxis.GYRO_X, new AxisDefect.Stuck())
                .with(SensorAxis.GYRO_X, new AxisDefect.Offset(0.1))
                .withGnssOutage();
        assertThat(faults)
                .isEqualTo(new SensorFaults(true, 3, 0, 0, Map.of(SensorAxis.GYRO_X, new AxisDefect.Offset(0.1))));
        assertThat(SensorFaults.none().axes()).isEmpty();
    }

    @Test
    void refusesWhatIsNotANumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SensorFaults.none().withGnssOffset(Double.NaN, 0, 0))
                .withMessageContaining("gnssOffsetNorthMeters");
        assertThatIllegalArgumentException().isThrownBy(() -> new AxisDefect.Offset(Double.POSITIVE_INFINITY));
    }
}
