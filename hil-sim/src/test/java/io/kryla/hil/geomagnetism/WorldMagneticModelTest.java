package io.kryla.hil.geomagnetism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.kryla.hil.geometry.GeodeticPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorldMagneticModelTest {

    /** The values at the ellipsoid that the model's technical report publishes for an implementation to be checked with. */
    @ParameterizedTest
    @CsvSource({
        "2025.0,  80,    0,   6521.6,   145.9,  54791.5,  1.28",
        "2025.0,   0,  120,  39677.8,  -109.6, -10580.2, -0.16",
        "2025.0, -80, -120,   6117.5, 15751.9, -52022.5, 68.78",
        "2027.5,  80,    0,   6500.8,   294.5,  54869.4,  2.59",
        "2027.5,   0,  120,  39701.6,  -167.4, -10381.8, -0.24",
        "2027.5, -80, -120,   6200.7, 15730.3, -51783.7, 68.49"
    })
    void givesThePublishedValues(
            double year,
            double latitude,
            double longitude,
            double north,
            double east,
            double down,
            double declination) {
        MagneticField field = WorldMagneticModel.at(place(latitude, longitude, 0), year);
        assertThat(field.northTesla() * 1e9).isCloseTo(north, within(0.051));
        assertThat(field.eastTesla() * 1e9).isCloseTo(east, within(0.051));
        assertThat(field.downTesla() * 1e9).isCloseTo(down, within(0.051));
        assertThat(StrictMath.toDegrees(field.declinationRadians())).isCloseTo(declination, within(0.0051));
    }

    /** Outside the earth the field is a gradient, and free of sources: its divergence vanishes. */
    @Test
    void hasNoSourcesInTheAir() {
        double step = 2_000;
        double radius = 6_371_000;
        double latitude = 47.4;
        double degrees = StrictMath.toDegrees(step / radius);
        double northward = north(latitude + degrees) - north(latitude - degrees);
        double eastDegrees = degrees / StrictMath.cos(StrictMath.toRadians(latitude));
        double eastward = WorldMagneticModel.at(place(latitude, 8.5 + eastDegrees, 5_000), 2026)
                        .eastTesla()
                - WorldMagneticModel.at(place(latitude, 8.5 - eastDegrees, 5_000), 2026)
                        .eastTesla();
        double downward =
                WorldMagneticModel.at(place(latitude, 8.5, 5_000 - step), 2026).downTesla()
                        - WorldMagneticModel.at(place(latitude, 8.5, 5_000 + step), 2026)
                                .downTesla();
        MagneticField here = WorldMagneticModel.at(place(latitude, 8.5, 5_000), 2026);
        // On a sphere of that radius: ∂N/r∂φ − N·tanφ/r + ∂E/(r·cosφ·∂λ) + ∂D/∂d − 2·D/r.
        double divergence = (northward + eastward + downward) / (2 * step)
                - here.northTesla() * StrictMath.tan(StrictMath.toRadians(latitude)) / radius
                - 2 * here.downTesla() / radius;
        double largest = Math.abs(2 * here.downTesla() / radius);
        assertThat(divergence / largest).isCloseTo(0, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(doubles = {2024.99, 2030.0, Double.NaN})
    void refusesYearsItDoesNotKnow(double year) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorldMagneticModel.at(place(47, 8, 0), year))
                .withMessageContaining("decimalYear");
    }

    @Test
    void refusesThePoles() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorldMagneticModel.at(place(90, 8, 0), 2026))
                .withMessageContaining("latitude");
    }

    private static double north(double latitude) {
        return WorldMagneticModel.at(place(latitude, 8.5, 5_000), 2026).northTesla();
    }

    private static GeodeticPosition place(double latitude, double longitude, double altitudeMeters) {
        return new GeodeticPosition(StrictMath.toRadians(latitude), StrictMath.toRadians(longitude), altitudeMeters);
    }
}
