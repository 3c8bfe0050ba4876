package io.kryla.hil.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kryla.hil.chance.RandomStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Intensity and correlation of the gusts against the form's own, at periods a decade apart. */
class DrydenTurbulenceTest {
    private static final double HEIGHT_METERS = 30;
    private static final double FEET = HEIGHT_METERS / 0.3048;
    private static final double SHAPE = 0.177 + 0.000823 * FEET;
    private static final double WIND = 10;
    /** σ_w = 0.1·W₂₀ and σ_u = σ_w/(0.177 + 0.000823·h)^0.4. */
    private static final double VERTICAL_SIGMA = 0.1 * WIND;

    private static final double HORIZONTAL_SIGMA = VERTICAL_SIGMA / StrictMath.pow(SHAPE, 0.4);
    private static final double HORIZONTAL_LENGTH_METERS = HEIGHT_METERS / StrictMath.pow(SHAPE, 1.2);

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.2})
    void hasTheIntensitiesAndLengthsOfTheFormAtAnyPeriod(double periodSeconds) {
        var turbulence = new DrydenTurbulence(WIND, new RandomStreams(7), periodSeconds);
        int samples = (int) StrictMath.round(100_000 / periodSeconds);
        // The wind blows to the north: along is north, across is east.
        double[] along = new double[samples];
        double[] across = new double[samples];
        double[] vertical = new double[samples];
        for (int i = 0; i < samples; i++) {
            turbulence.advance(HEIGHT_METERS, WIND, 0);
            along[i] = turbulence.northMetersPerSecond();
            across[i] = turbulence.eastMetersPerSecond();
            vertical[i] = turbulence.downMetersPerSecond();
        }
        assertThat(sigma(along) / HORIZONTAL_SIGMA).isCloseTo(1, within(0.05));
        assertThat(sigma(across) / HORIZONTAL_SIGMA).isCloseTo(1, within(0.05));
        assertThat(sigma(vertical) / VERTICAL_SIGMA).isCloseTo(1, within(0.05));

        int horizontalLag = (int) StrictMath.round(HORIZONTAL_LENGTH_METERS / WIND / periodSeconds);
        int verticalLag = (int) StrictMath.round(HEIGHT_METERS / WIND / periodSeconds);
        assertThat(correlation(along, horizontalLag)).as("e^-1").isCloseTo(StrictMath.exp(-1), within(0.05));
        assertThat(correlation(across, horizontalLag)).as("e^-1/2").isCloseTo(StrictMath.exp(-1) / 2, within(0.05));
        assertThat(correlation(vertical, verticalLag)).as("e^-1/2").isCloseTo(StrictMath.exp(-1) / 2, within(0.05));
        assertThat(correlation(vertical, 2 * verticalLag)).as("zero at 2 L").isCloseTo(0, within(0.05));
    }

    @Test
    void turnsWithTheWind() {
        var north = new DrydenTurbulence(WIND, new RandomStreams(1));
        var east = new DrydenTurbulence(WIND, new RandomStreams(1));
        for (int i = 0; i < 1_000; i++) {
            north.advance(HEIGHT_METERS, WIND, 0);
            east.advance(HEIGHT_METERS, 0, WIND);
        }
        assertThat(east.eastMetersPerSecond()).isCloseTo(north.northMetersPerSecond(), within(1e-12));
        assertThat(east.northMetersPerSecond()).isCloseTo(-north.eastMetersPerSecond(), within(1e-12));
        assertThat(east.downMetersPerSecond()).isEqualTo(north.downMetersPerSecond());
    }

    @Test
    void meetsEveryAirframeAlike() {
        var flown = new MulticopterDynamics(Worlds.reference(), Worlds.seaLevelAt(0), Worlds.at(400));
        var falling = new MulticopterDynamics(Worlds.reference(), Worlds.seaLevelAt(0), Worlds.at(400));
        var weather = new Weather(new Wind(6, 0, 0), 10);
        flown.setWeather(weather, new RandomStreams(3));
        falling.setWeather(weather, new RandomStreams(3));
        flown.setRotorCommands(Worlds.all(0.73));
        for (int i = 0; i < 1_000; i++) {
            flown.step();
            falling.step();
        }
        // Above 1,000 feet the form knows no height: the two have met the same air wherever they went.
        assertThat(flown.state().positionDownMeters())
                .isLessThan(falling.state().positionDownMeters() - 3);
        assertThat(flown.state().windNorthMetersPerSecond())
                .isEqualTo(falling.state().windNorthMetersPerSecond())
                .isNotEqualTo(6);
    }

    private static double sigma(double[] x) {
        double sum = 0;
        for (double value : x) {
            sum += value * value;
        }
        return Math.sqrt(sum / x.length);
    }

    private static double correlation(double[] x, int lag) {
        double sum = 0;
        for (int i = lag; i < x.length; i++) {
            sum += x[i] * x[i - lag];
        }
        double sigma = sigma(x);
        return sum / (x.length - lag) / (sigma * sigma);
    }
}
