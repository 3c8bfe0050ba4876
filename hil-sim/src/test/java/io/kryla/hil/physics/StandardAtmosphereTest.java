package io.kryla.hil.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StandardAtmosphereTest {
    /** Table values of ISO 2533 at 1,000 m and 5,000 m. */
    @Test
    void agreesWithThePublishedTable() {
        assertThat(StandardAtmosphere.pressurePascals(0)).isEqualTo(101_325);
        assertThat(StandardAtmosphere.pressurePascals(1_000)).isCloseTo(89_874.6, within(0.5));
        assertThat(StandardAtmosphere.pressurePascals(5_000)).isCloseTo(54_019.9, within(0.5));
        assertThat(1.225 * StandardAtmosphere.densityRatio(1_000)).isCloseTo(1.11164, within(2e-5));
        assertThat(1.225 * StandardAtmosphere.densityRatio(5_000)).isCloseTo(0.73612, within(2e-5));
        assertThat(StandardAtmosphere.temperatureKelvin(5_000)).isCloseTo(255.65, within(1e-9));
    }
}
