package io.kryla.hil.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PlaceReferenceTest {
    private static final double LATITUDE = 0.8;
    private static final double METERS_PER_RADIAN = 6_367_000;

    private final PlaceReference place = new PlaceReference();

    @Test
    void callsThePlaceWhereItStandsZeroWhateverTheBias() {
        place.standAt(new double[3]);
        for (int i = 0; i < 20; i++) {
            double noise = (i % 2 == 0 ? 1 : -1) / METERS_PER_RADIAN;
            place.learnFix(LATITUDE + noise, 0.1, 400);
            for (int k = 0; k < 10; k++) {
                place.learnPressureAltitude(612);
            }
        }
        assertThat(place.settled()).isTrue();
        assertThat(place.north(LATITUDE)).isCloseTo(0, within(0.1));
        assertThat(place.down(410)).isCloseTo(-10, within(1e-6));
        assertThat(place.downOfPressureAltitude(622)).isCloseTo(-10, within(1e-6));
        assertThat(place.altitudeMslMeters(-10)).isCloseTo(410, within(1e-6));
    }

    @Test
    void learnsANewPlaceAfterALandingElsewhere() {
        place.standAt(new double[3]);
        place.learnFix(LATITUDE, 0.1, 400);
        place.standAt(new double[] {50, 0, 0});
        assertThat(place.settled()).isFalse();
        place.learnFix(LATITUDE + 52 / METERS_PER_RADIAN, 0.1, 400);
        assertThat(place.north(LATITUDE + 52 / METERS_PER_RADIAN))
                .as("two metres of GNSS bias are learnt away")
                .isCloseTo(50, within(1e-6));
    }

    @Test
    void learnsNothingFromAPressureThatIsNotANumber() {
        place.learnPressureAltitude(100);
        place.learnPressureAltitude(Double.NaN);
        assertThat(place.downOfPressureAltitude(100)).isZero();
    }
}
