package io.kryla.hil.autopilot;

import io.kryla.hil.scenario.VehicleFile;

/** Vehicles to fly in tests, by name or by the number of their arms. */
final class Vehicles {
    private Vehicles() {}

    static VehicleFile named(String name) {
        return VehicleFile.shipped(
                switch (name) {
                    case "hexa" -> "hexa-2200g";
                    case "octa" -> "octa-2900g";
                    default -> name;
                });
    }
}
