package io.kryla.station.cli;

import io.kryla.station.bench.PlantedDefect;
import io.kryla.station.demo.AddedUnit;
import io.kryla.station.outcome.CommandResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kryla provision}. */
@Command(
        name = "provision",
        description = "Add one unit to a line of a demo, or go on with one that was cut off.",
        mixinStandardHelpOptions = true)
final class ProvisionCommand extends KrylaCommand {
    @Option(names = "--dir", paramLabel = "DIR", description = "Folder of the demo.")
    private Path folder = Path.of("kryla-demo");

    @Option(names = "--line", paramLabel = "LINE", description = "Line to build at (default: the first one).")
    private @Nullable String line;

    @Option(
            names = "--defect",
            paramLabel = "DEFECT",
            description = "Plant a defect in the unit's sensors: ${COMPLETION-CANDIDATES}.")
    private PlantedDefect defect = PlantedDefect.NONE;

    @Override
    CommandResult run(FrontDoor door) {
        AddedUnit unit = AddedUnit.add(
                folder, Optional.ofNullable(line), defect, door.wallClock(), door.random(), door.progress());
        return CommandResult.pass(
                List.of(unit.serial() + " born at " + unit.line() + "; " + unit.left() + " of its license left"),
                List.of(unit.files()),
                Map.of("serial", unit.serial(), "line", unit.line(), "left", unit.left()));
    }
}
