package io.kryla.hil.physics;

import io.kryla.hil.quantity.Quantity;

/** A point of the airframe that can touch the ground, body FRD from the centre of mass. */
public record ContactPoint(double xFrdMeters, double yFrdMeters, double zFrdMeters) {
    public ContactPoint {
        Quantity.finite("xFrdMeters", xFrdMeters);
        Quantity.finite("yFrdMeters", yFrdMeters);
        Quantity.finite("zFrdMeters", zFrdMeters);
    }
}
