package io.kryla.station.cli;

import io.kryla.station.bench.PlantedDefect;
import io.kryla.station.demo.AddedUnit;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kryla provision}. */
@Command(
        name = "provision",
        description = {
            "Take airframes to their birth: at a bench, with the line service at --line HOST:PORT; or one more unit of a"
                    + " demo, without a service of its own.",
            "What was cut off goes on where it stood."
        },
        mixinStandardHelpOptions = true)
final class ProvisionCommand extends KrylaCommand {
    @Option(names = "--dir", paramLabel = "DIR", description = "Folder of the demo.")
    private Path folder = Path.of("kryla-demo");

    @Option(
            names = "--line",
            paramLabel = "HOST:PORT|LINE",
            description = "Where the line service is; or a line of the demo in --dir (default: its first one).")
    private @Nullable String line;

    @Option(
            names = "--defect",
            paramLabel = "DEFECT",
            description = "Plant a defect in a unit of the demo: ${COMPLETION-CANDIDATES}.")
    private PlantedDefect defect = PlantedDefect.NONE;

    @ArgGroup(exclusive = false, heading = "At a bench:%n")
    private BenchOptions bench = new BenchOptions();

    @Override
    CommandResult run(FrontDoor door) {
        if (line != null && line.contains(":")) {
            if (defect != PlantedDefect.NONE) {
                throw CommandFailure.usage(
                        "USAGE",
                        "defects are planted in a demo's units",
                        "--defect " + defect,
                        "leave one of them out");
            }
            return bench.work(HostAndPort.parse(line), door, json());
        }
        AddedUnit unit = AddedUnit.add(
                folder, Optional.ofNullable(line), defect, door.wallClock(), door.random(), door.progress());
        return CommandResult.pass(
                List.of(unit.serial() + " born at " + unit.line() + "; " + unit.left() + " of its license left"),
                List.of(unit.files()),
                Map.of("serial", unit.serial(), "line", unit.line(), "left", unit.left()));
    }
}
