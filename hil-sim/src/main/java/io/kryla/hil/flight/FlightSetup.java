package io.kryla.hil.flight;

import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.scenario.Fault;
import io.kryla.hil.scenario.VehicleFile;

/** What fixes a flight to the bit: the plan (with its faults), the vehicle and the seed of all chance. */
public record FlightSetup(AcceptancePlan plan, VehicleFile vehicle, long seed) {
    public FlightSetup {
        int rotors = vehicle.vehicle().rotors().size();
        for (var fault : plan.faults()) {
            if (fault instanceof Fault.RotorThrust && ((Fault.RotorThrust) fault).rotor() >= rotors) {
                throw new IllegalArgumentException("plan: a fault names rotor "
                        + (((Fault.RotorThrust) fault).rotor() + 1) + ", the vehicle has " + rotors);
            }
        }
    }
}
