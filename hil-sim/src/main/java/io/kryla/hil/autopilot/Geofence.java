package io.kryla.hil.autopilot;

import io.kryla.hil.quantity.Quantity;

/**
 * How far from home it may fly. It turns back so early that it can stop inside.
 *
 * @param radiusMeters horizontal, about home
 * @param heightMeters above home
 */
public record Geofence(double radiusMeters, double heightMeters) {
    public Geofence {
        Quantity.within("radiusMeters", radiusMeters, 5, 10_000);
        Quantity.within("heightMeters", heightMeters, 2, 1_000);
    }

    /** Beyond every waypoint that is taken. */
    public static Geofence widest() {
        return new Geofence(1_100, 130);
    }
}
