package io.kryla.hil.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ErrorCovarianceTest {
    private static final double[] LEVEL = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    private final ErrorCovariance covariance = new ErrorCovariance();

    @Test
    void integratesVelocityErrorIntoPosition() {
        covariance.grow(ErrorCovariance.VELOCITY, 3, 0.25);
        propagate(200);
        assertThat(covariance.variance(ErrorCovariance.POSITION)).isCloseTo(0.25 * 4, within(1e-9));
    }

    /** A tilt error of 0.01 rad accelerates by 0.01·g; after 2 s that is 0.196 m/s. */
    @Test
    void leansTiltErrorIntoVelocity() {
        covariance.grow(ErrorCovariance.ATTITUDE, 3, 1e-4);
        propagate(200);
        double sigma = Math.sqrt(covariance.variance(ErrorCovariance.VELOCITY));
        assertThat(sigma).isCloseTo(0.01 * 9.80665 * 2, within(1e-6));
        assertThat(covariance.variance(ErrorCovariance.VELOCITY + 2)).isCloseTo(0, within(1e-12));
    }

    @Test
    void weighsAMeasurementByItsVariance() {
        covariance.grow(ErrorCovariance.POSITION, 3, 4);
        double variance = covariance.innovationVariance(ErrorCovariance.POSITION, 1, 0, 0, 1);
        assertThat(variance).isEqualTo(5);
        double[] gain = covariance.shrink(variance);
        assertThat(gain[ErrorCovariance.POSITION]).isCloseTo(0.8, within(1e-12));
        assertThat(covariance.variance(ErrorCovariance.POSITION)).isCloseTo(0.8, within(1e-12));
        assertThat(covariance.variance(ErrorCovariance.POSITION + 1)).isEqualTo(4);
    }

    private void propagate(int steps) {
        for (int i = 0; i < steps; i++) {
            covariance.propagate(LEVEL, new double[3], new double[] {0, 0, -9.80665}, 0.01);
        }
    }
}
