package io.kryla.station.cli;

import io.kryla.hil.flight.DefectFinding;
import io.kryla.hil.scenario.AirframeDefect;
import io.kryla.hil.scenario.PlanFolder;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kryla sim defects}. */
@Command(
        name = "defects",
        description = "Plant each known defect into an airframe and show which test of the standard handover finds it.",
        mixinStandardHelpOptions = true)
final class SimDefectsCommand extends KrylaCommand {
    @Option(names = "--vehicle", paramLabel = "NAME", description = "Shipped vehicle (default: ${DEFAULT-VALUE}).")
    private String vehicle = "quad-1500g";

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all chance in the flights (default: 1).")
    private long seed = 1;

    @Override
    CommandResult run(FrontDoor door) {
        List<String> lines = new ArrayList<>(List.of("| defect | first flight that fails | by |", "|---|---|---|"));
        List<Finding> missed = new ArrayList<>();
        VehicleFile flown = VehicleFile.shipped(vehicle);
        for (AirframeDefect defect : AirframeDefect.values()) {
            door.progress().step("Planting: " + defect.title());
            DefectFinding finding = DefectFinding.find(defect, PlanFolder.standard(), flown, seed);
            lines.add(finding.row());
            if (!finding.found()) {
                missed.add(new Finding(
                        "DEFECT_NOT_FOUND", defect.name(), "no flight failed", "tighten a criterion of the handover"));
            }
        }
        return missed.isEmpty()
                ? CommandResult.pass(lines, List.of(), Map.of())
                : CommandResult.failed(lines, missed, List.of(), Map.of());
    }
}
