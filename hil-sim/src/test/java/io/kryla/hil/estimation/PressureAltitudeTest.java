package io.kryla.hil.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kryla.hil.physics.StandardAtmosphere;
import org.junit.jupiter.api.Test;

class PressureAltitudeTest {
    @Test
    void invertsTheStandardAtmosphere() {
        for (double altitude = -200; altitude < 5_000; altitude += 100) {
            assertThat(PressureAltitude.meters(StandardAtmosphere.pressurePascals(altitude)))
                    .isCloseTo(altitude, within(1e-6));
        }
    }

    @Test
    void isNotANumberWithoutPressure() {
        assertThat(PressureAltitude.meters(-1)).isNaN();
    }
}
