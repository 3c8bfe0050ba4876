package io.kryla.hil.sensors;

import io.kryla.hil.quantity.Quantity;

/**
 * A slowly wandering bias in one axis: a constant drawn at turn-on plus a first-order Gauss-Markov process, in the
 * sensor's unit U.
 *
 * @param turnOnSigma U, one standard deviation
 * @param walkDensity U/s/√Hz: its stationary standard deviation is {@code walkDensity}·√(τ/2)
 * @param correlationSeconds τ
 */
public record BiasProcess(double turnOnSigma, double walkDensity, double correlationSeconds) {
    public BiasProcess {
        Quantity.nonNegative("turnOnSigma", turnOnSigma);
        Quantity.nonNegative("walkDensity", walkDensity);
        Quantity.positive("correlationSeconds", correlationSeconds);
    }

    /** A process given by its stationary standard deviation, drawn from it at turn-on. */
    public static BiasProcess stationary(double sigma, double correlationSeconds) {
        return new BiasProcess(0, sigma * Math.sqrt(2 / correlationSeconds), correlationSeconds);
    }

    double stationarySigma() {
        return walkDensity * Math.sqrt(correlationSeconds / 2);
    }
}
