package io.kryla.hil.sensors;

import io.kryla.hil.quantity.Quantity;

/**
 * What is wrong with satellite navigation.
 *
 * @param outage no fix arrives
 * @param offsetNorthMeters added to every fix's position, not to its velocity
 * @param latencySeconds on top of the receiver's own
 * @param noiseFactor times the white noise of position and velocity, and the sigmas that the receiver states
 * @param mostSatellites no more are in view; below nine the noise grows with what geometry is left, below four there is no
 *     fix
 */
public record GnssFaults(
        boolean outage,
        double offsetNorthMeters,
        double offsetEastMeters,
        double offsetDownMeters,
        double latencySeconds,
        double noiseFactor,
        int mostSatellites) {
    static final GnssFaults NONE = new GnssFaults(false, 0, 0, 0, 0, 1, 100);

    /** Satellites with which dilution of precision is usual, and without which there is no position. */
    private static final int USUAL = 9;

    private static final int LEAST = 4;

    public GnssFaults {
        Quantity.finite("offsetNorthMeters", offsetNorthMeters);
        Quantity.finite("offsetEastMeters", offsetEastMeters);
        Quantity.finite("offsetDownMeters", offsetDownMeters);
        Quantity.within("latencySeconds", latencySeconds, 0, 5);
        Quantity.within("noiseFactor", noiseFactor, 1, 1000);
        Quantity.within("mostSatellites", mostSatellites, 0, 100);
    }

    boolean hasFix() {
        return !outage && mostSatellites >= LEAST;
    }

    /** Of noise; dilution of precision grows steeply as satellites go (estimated: 1 at nine, 2.8 at five, 4.2 at four). */
    double noiseRatio() {
        int missing = Math.max(0, USUAL - mostSatellites);
        return noiseFactor * (1 + 0.05 * missing + 0.1 * missing * missing);
    }
}
