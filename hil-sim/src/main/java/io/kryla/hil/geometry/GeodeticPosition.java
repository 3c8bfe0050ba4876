package io.kryla.hil.geometry;

import io.kryla.hil.quantity.Quantity;

/** A place on WGS 84. Altitude is taken above the ellipsoid and called MSL: no geoid is modelled. */
public record GeodeticPosition(double latitudeRadians, double longitudeRadians, double altitudeMslMeters) {
    public GeodeticPosition {
        Quantity.within("latitudeRadians", latitudeRadians, -StrictMath.PI / 2, StrictMath.PI / 2);
        Quantity.within("longitudeRadians", longitudeRadians, -StrictMath.PI, StrictMath.PI);
        Quantity.within("altitudeMslMeters", altitudeMslMeters, -1_000, 20_000);
    }
}
