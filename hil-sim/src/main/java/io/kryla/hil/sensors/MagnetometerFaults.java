package io.kryla.hil.sensors;

import io.kryla.hil.quantity.Quantity;

/**
 * What disturbs the magnetometer as a whole; a constant field on board (hard iron) is an {@link AxisDefect.Offset} of its
 * axes.
 *
 * @param lost no sample arrives
 * @param softIronXyRatio how much of one axis' field leaks into the other and back, and so for the other pairs
 * @param xTeslaPerAmpere field of the battery's current, on top of the vehicle's own, body FRD
 */
public record MagnetometerFaults(
        boolean lost,
        double softIronXyRatio,
        double softIronXzRatio,
        double softIronYzRatio,
        double xTeslaPerAmpere,
        double yTeslaPerAmpere,
        double zTeslaPerAmpere) {
    static final MagnetometerFaults NONE = new MagnetometerFaults(false, 0, 0, 0, 0, 0, 0);

    public MagnetometerFaults {
        Quantity.within("softIronXyRatio", softIronXyRatio, -1, 1);
        Quantity.within("softIronXzRatio", softIronXzRatio, -1, 1);
        Quantity.within("softIronYzRatio", softIronYzRatio, -1, 1);
        Quantity.within("xTeslaPerAmpere", xTeslaPerAmpere, -1e-4, 1e-4);
        Quantity.within("yTeslaPerAmpere", yTeslaPerAmpere, -1e-4, 1e-4);
        Quantity.within("zTeslaPerAmpere", zTeslaPerAmpere, -1e-4, 1e-4);
    }
}
