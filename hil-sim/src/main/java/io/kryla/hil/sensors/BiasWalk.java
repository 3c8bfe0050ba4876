package io.kryla.hil.sensors;

import io.kryla.hil.chance.GaussianSampler;

/** One axis of a {@link BiasProcess} as it wanders, in the exact discrete form, so its statistics hold at any interval. */
final class BiasWalk {
    private final GaussianSampler gaussian;
    private final double turnOn;
    private final double decay;
    private final double kick;
    private double wandering;

    BiasWalk(BiasProcess process, double intervalSeconds, GaussianSampler gaussian) {
        this.gaussian = gaussian;
        turnOn = process.turnOnSigma() * gaussian.next();
        wandering = process.stationarySigma() * gaussian.next();
        decay = StrictMath.exp(-intervalSeconds / process.correlationSeconds());
        kick = process.stationarySigma() * Math.sqrt(1 - decay * decay);
    }

    void advance() {
        wandering = decay * wandering + kick * gaussian.next();
    }

    double value() {
        return turnOn + wandering;
    }
}
