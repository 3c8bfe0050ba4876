package io.kryla.hil.physics;

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
     * A field north of Zurich. Magnetic values rounded to what charts of central Europe show for the mid 2020s
     * (declination about 3° east, inclination about 63°, 48 µT): estimated, ±1° and ±1 µT; no model is evaluated.
     */
    public static Site reference() {
        return new Site(
                new GeodeticPosition(StrictMath.toRadians(47.397742), StrictMath.toRadians(8.545594), 488.0),
                StrictMath.toRadians(3.0),
                StrictMath.toRadians(63.0),
                48e-6);
    }
}
