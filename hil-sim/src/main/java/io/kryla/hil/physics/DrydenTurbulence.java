package io.kryla.hil.physics;

import io.kryla.hil.chance.GaussianSampler;
import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.quantity.Quantity;

/**
 * Gusts of the Dryden form at low altitude (MIL-F-8785C §3.7.3.2 and §3.7.3.4): lengths and intensities grow with the height
 * above ground, from 10 to 1,000 feet.
 *
 * <p>The field is frozen and carried past by the mean wind, of at least 1 m/s: so the gusts depend on seed, height and wind
 * and not on how the airframe moves, and every autopilot meets the same ones. The filters are advanced by their exact
 * solution over a period, not by a difference scheme: variance, spectrum and correlation do not depend on the period.
 * Allocation-free. Confined to one thread.
 */
final class DrydenTurbulence {
    static final long PERIOD_NANOS = 10_000_000;

    private static final double PERIOD_SECONDS = PERIOD_NANOS * 1e-9;
    private static final double FEET_PER_METER = 1 / 0.3048;
    private static final double LEAST_CARRYING_SPEED = 1;

    private final double windAtTwentyFeet;
    private final double periodSeconds;
    private final FirstOrder along;
    private final SecondOrder across;
    private final SecondOrder vertical;
    private double gustNorth;
    private double gustEast;
    private double gustDown;

    DrydenTurbulence(double windAtTwentyFeetMetersPerSecond, RandomStreams chance) {
        this(windAtTwentyFeetMetersPerSecond, chance, PERIOD_SECONDS);
    }

    /** With another period, for tests of its independence. */
    DrydenTurbulence(double windAtTwentyFeetMetersPerSecond, RandomStreams chance, double periodSeconds) {
        windAtTwentyFeet = Quantity.within("windAtTwentyFeetMetersPerSecond", windAtTwentyFeetMetersPerSecond, 0, 40);
        this.periodSeconds = periodSeconds;
        along = new FirstOrder(chance.gaussian("turbulence along"));
        across = new SecondOrder(chance.gaussian("turbulence across"));
        vertical = new SecondOrder(chance.gaussian("turbulence vertical"));
    }

    /** Advances by one period at a height above ground, in a mean wind. */
    void advance(double heightMeters, double meanNorth, double meanEast) {
        double feet = Math.max(10, Math.min(1_000, heightMeters * FEET_PER_METER));
        double shape = 0.177 + 0.000823 * feet;
        double horizontalLength = feet / power(shape, 1.2) / FEET_PER_METER;
        double verticalLength = feet / FEET_PER_METER;
        double verticalSigma = 0.1 * windAtTwentyFeet;
        double horizontalSigma = verticalSigma / power(shape, 0.4);
        double speed = Math.sqrt(meanNorth * meanNorth + meanEast * meanEast);
        double carried = Math.max(LEAST_CARRYING_SPEED, speed) * periodSeconds;

        double u = horizontalSigma * along.next(carried / horizontalLength);
        double v = horizontalSigma * across.next(carried / horizontalLength);
        double w = verticalSigma * vertical.next(carried / verticalLength);
        double cosine = speed > 0 ? meanNorth / speed : 1;
        double sine = speed > 0 ? meanEast / speed : 0;
        gustNorth = u * cosine - v * sine;
        gustEast = u * sine + v * cosine;
        gustDown = w;
    }

    double northMetersPerSecond() {
        return gustNorth;
    }

    double eastMetersPerSecond() {
        return gustEast;
    }

    double downMetersPerSecond() {
        return gustDown;
    }

    private static double power(double base, double exponent) {
        return StrictMath.exp(exponent * StrictMath.log(base));
    }

    /** Spectrum 1/(1 + (LΩ)²), unit variance: correlation e^(−x/L). */
    private static final class FirstOrder {
        private final GaussianSampler noise;
        private double value;

        FirstOrder(GaussianSampler noise) {
            this.noise = noise;
            value = noise.next();
        }

        /** @param lengths carried past, in correlation lengths */
        double next(double lengths) {
            double kept = StrictMath.exp(-lengths);
            value = kept * value + Math.sqrt(1 - kept * kept) * noise.next();
            return value;
        }
    }

    /**
     * Spectrum (1 + 3(LΩ)²)/(1 + (LΩ)²)², unit variance: correlation e^(−x/L)·(1 − x/2L).
     *
     * <p>Two states with the double pole 1/L, each of unit variance and correlated by 1/√2; the output is √(3/2) of the first
     * and (1 − √3)/2 of the second.
     */
    private static final class SecondOrder {
        private static final double FROM_FIRST = Math.sqrt(1.5);
        private static final double FROM_SECOND = (1 - Math.sqrt(3)) / 2;
        private static final double SQRT_2 = Math.sqrt(2);

        private final GaussianSampler noise;
        private double first;
        private double second;

        SecondOrder(GaussianSampler noise) {
            this.noise = noise;
            first = noise.next();
            second = (first + noise.next()) / SQRT_2;
        }

        double next(double lengths) {
            double kept = StrictMath.exp(-lengths);
            double square = kept * kept;
            double variance11 = 1 - square;
            double variance12 = (1 - square * (1 + 2 * lengths)) / SQRT_2;
            double variance22 = 1 - square * (1 + 2 * lengths * (1 + lengths));
            double root11 = Math.sqrt(variance11);
            double root12 = variance12 / root11;
            double root22 = Math.sqrt(Math.max(0, variance22 - root12 * root12));
            double a = noise.next();
            double b = noise.next();
            second = kept * (second + SQRT_2 * lengths * first) + root12 * a + root22 * b;
            first = kept * first + root11 * a;
            return FROM_FIRST * first + FROM_SECOND * second;
        }
    }
}
