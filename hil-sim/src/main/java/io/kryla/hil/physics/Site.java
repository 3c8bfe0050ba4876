package io.kryla.hil.physics;

import io.kryla.hil.geomagnetism.MagneticField;
import io.kryla.hil.geomagnetism.WorldMagneticModel;
import io.kryla.hil.geometry.GeodeticPosition;
import io.kryla.hil.quantity.Quantity;

/**
 * Where the world's origin lies and the magnetic field there, taken as constant over a flight.
 *
 * @param magneticInclinationRadians positive where the field points into the ground
 */
public record Site(
        GeodeticPosition origin,
        double magneticDeclinationRadians,
        double magneticInclinationRadians,
        double magneticIntensityTesla) {
    public Site {
        Quantity.within("magneticDeclinationRadians", magneticDeclinationRadians, -StrictMath.PI, StrictMath.PI);
        Quantity.within("magneticInclinationRadians", magneticInclinationRadians, -1.5, 1.5);
        Quantity.within("magneticIntensityTesla", magneticIntensityTesla, 20e-6, 70e-6);
    }

    /**
     * A place with the field that the World Magnetic Model gives it at a date.
     *
     * @param decimalYear such as 2026.5 for the middle of 2026
     * @throws IllegalArgumentException outside the model's years, or at a pole
     */
    public static Site at(GeodeticPosition origin, double decimalYear) {
        MagneticField field = WorldMagneticModel.at(origin, decimalYear);
        return new Site(origin, field.declinationRadians(), field.inclinationRadians(), field.intensityTesla());
    }

    /** A field north of Zurich in the middle of 2026: declination 3.6°, inclination 63.5°, 48.4 µT. */
    public static Site reference() {
        return at(new GeodeticPosition(StrictMath.toRadians(47.397742), StrictMath.toRadians(8.545594), 488.0), 2026.5);
    }
}
