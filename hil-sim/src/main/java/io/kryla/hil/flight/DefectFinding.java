package io.kryla.hil.flight;

import io.kryla.hil.scenario.AirframeDefect;
import io.kryla.hil.scenario.PlanFolder;
import io.kryla.hil.scenario.VehicleFile;
import java.util.List;

/**
 * Which flight of an acceptance is the first to find a defect, and by what.
 *
 * @param planFile of that flight; empty when none finds it
 * @param failings in its verdict: why an action was not completed, and the criteria that failed
 */
public record DefectFinding(AirframeDefect defect, String planFile, List<String> failings) {
    public DefectFinding {
        failings = List.copyOf(failings);
    }

    /** Flies the plans in their order with the defect planted, up to the first that fails. */
    public static DefectFinding find(AirframeDefect defect, PlanFolder folder, VehicleFile vehicle, long seed) {
        for (var entry : folder.plans().entrySet()) {
            var plan = defect.plantedIn(entry.getValue());
            var failings =
                    PlanFolderFlight.failings(UnsignedFlight.fly(new FlightSetup(plan, vehicle, seed), "defects"));
            if (!failings.isEmpty()) {
                return new DefectFinding(defect, entry.getKey(), failings);
            }
        }
        return new DefectFinding(defect, "", List.of());
    }

    public boolean found() {
        return !planFile.isEmpty();
    }

    /** A row of the table in docs/handover.md. */
    public String row() {
        return "| " + defect.title() + " | " + (found() ? planFile : "not found") + " | " + String.join("; ", failings)
                + " |";
    }
}
