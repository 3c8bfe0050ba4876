package io.kryla.hil.physics;

import io.kryla.hil.quantity.Quantity;

/**
 * The air of a flight.
 *
 * @param meanWind steady
 * @param turbulenceMetersPerSecond the wind at 20 feet that sets the strength of gusts in the Dryden form: 0 none, 7.7 light,
 *     15.4 moderate, 23.2 severe (MIL-F-8785C: 15, 30 and 45 knots)
 */
public record Weather(Wind meanWind, double turbulenceMetersPerSecond) {
    public Weather {
        Quantity.within("turbulenceMetersPerSecond", turbulenceMetersPerSecond, 0, 40);
    }

    public static Weather calm() {
        return new Weather(Wind.calm(), 0);
    }
}
