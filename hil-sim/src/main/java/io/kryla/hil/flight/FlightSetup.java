package io.kryla.hil.flight;

import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.scenario.VehicleFile;

/** What fixes a flight to the bit: the plan (with its faults), the vehicle and the seed of all chance. */
public record FlightSetup(AcceptancePlan plan, VehicleFile vehicle, long seed) {
    public FlightSetup {
        int rotors = vehicle.vehicle().rotors().size();
        for (var fault : plan.faults()) {
            fault.misfit(rotors).ifPresent(why -> {
                throw new IllegalArgumentException("plan: " + why);
            });
        }
    }
}
