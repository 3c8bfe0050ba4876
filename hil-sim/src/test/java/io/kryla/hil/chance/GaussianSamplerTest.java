package io.kryla.hil.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GaussianSamplerTest {
    private static final int SAMPLES = 1_000_000;

    private final GaussianSampler sampler = new GaussianSampler(new Xoshiro256PlusPlus(42));

    /** Limits are five standard errors of each moment. */
    @Test
    void hasTheMomentsOfAStandardNormal() {
        double m1 = 0;
        double m2 = 0;
        double m3 = 0;
        double m4 = 0;
        for (int i = 0; i < SAMPLES; i++) {
            double x = sampler.next();
            m1 += x;
            m2 += x * x;
            m3 += x * x * x;
            m4 += x * x * x * x;
        }
        double root = Math.sqrt(SAMPLES);
        assertThat(m1 / SAMPLES).isCloseTo(0, within(5 / root));
        assertThat(m2 / SAMPLES).isCloseTo(1, within(5 * Math.sqrt(2) / root));
        assertThat(m3 / SAMPLES).isCloseTo(0, within(5 * Math.sqrt(15) / root));
        assertThat(m4 / SAMPLES).isCloseTo(3, within(5 * Math.sqrt(96) / root));
    }

    /** Probabilities of the normal distribution, also beyond the start of the tail at 3.44. */
    @Test
    void fillsCentreAndTailsAsTheNormalDistributionDoes() {
        double[] beyond = {0.5, 1, 2, 3, 3.5, 4};
        double[] probability = {0.617075, 0.317311, 0.0455003, 0.00269980, 4.65258e-4, 6.33425e-5};
        int[] counts = new int[beyond.length];
        for (int i = 0; i < SAMPLES; i++) {
            double x = Math.abs(sampler.next());
            for (int k = 0; k < beyond.length; k++) {
                if (x > beyond[k]) {
                    counts[k]++;
                }
            }
        }
        for (int k = 0; k < beyond.length; k++) {
            double p = probability[k];
            assertThat(counts[k] / (double) SAMPLES)
                    .as("P(|x| > %s)", beyond[k])
                    .isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / SAMPLES)));
        }
    }
}
