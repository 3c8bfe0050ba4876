package io.kryla.hil.autopilot;

import io.kryla.hil.quantity.Quantity;

/** A place to fly to, NED about home. */
public record Waypoint(double northMeters, double eastMeters, double downMeters) {
    public Waypoint {
        Quantity.finite("northMeters", northMeters);
        Quantity.finite("eastMeters", eastMeters);
        Quantity.finite("downMeters", downMeters);
    }
}
