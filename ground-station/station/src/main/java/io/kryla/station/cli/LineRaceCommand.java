package io.kryla.station.cli;

import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.trial.Race;
import io.kryla.station.trial.RaceVerdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kryla line race}. */
@Command(
        name = "race",
        description =
                "Many stations race for a quota while the line's services are killed and stand still; a checker of the "
                        + "recorded history says whether the quota held and nothing acknowledged was lost.",
        mixinStandardHelpOptions = true)
final class LineRaceCommand extends KrylaCommand {
    private static final int MOST_STATIONS = 1_024;
    private static final int MOST_UNITS = 1_000_000;
    private static final int SERVICES_ON_A_SERVER = 4;

    @Option(names = "--dir", paramLabel = "DIR", description = "Folder of the race (default: kryla-race).")
    private Path folder = Path.of("kryla-race");

    @Option(names = "--replace", description = "Replace an earlier race in the folder.")
    private boolean replace;

    @Option(names = "--stations", paramLabel = "N", description = "Stations that race (default: 64).")
    private int stations = 64;

    @Option(names = "--quota", paramLabel = "N", description = "Units that the license allows (default: 1000).")
    private int quota = 1_000;

    @Option(names = "--kills", paramLabel = "N", description = "Times that a service is killed (default: 6).")
    private int kills = 6;

    @Option(names = "--pauses", paramLabel = "N", description = "Times that a service stands still (default: 6).")
    private int pauses = 6;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of boards and faults (default: 1).")
    private long seed = 1;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Override
    CommandResult run(FrontDoor door) {
        require("--stations", stations, 1, MOST_STATIONS);
        require("--quota", quota, 1, MOST_UNITS);
        require("--kills", kills, 0, quota);
        require("--pauses", pauses, 0, quota);
        int services = database.database().isPresent() ? SERVICES_ON_A_SERVER : 1;
        Race race = new Race(folder, replace, database.database(), stations, quota, services, kills, pauses, seed);
        return result(race.run(this::service, door.wallClock(), door.monotonicNanos(), door.random(), door.progress()));
    }

    private static void require(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw CommandFailure.usage(
                    "USAGE", least + " to " + most + " expected, got " + value, option, "choose another number");
        }
    }

    private List<String> service(Path line) {
        List<String> arguments = new ArrayList<>(List.of("line", "ledger-door", "--dir", line.toString()));
        arguments.addAll(database.arguments());
        return OwnProcess.command(arguments);
    }

    private CommandResult result(Race.Report report) {
        RaceVerdict verdict = report.verdict();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("granted", verdict.granted());
        details.put("refused", verdict.refused());
        details.put("duplicates", verdict.duplicates());
        details.put("lost", verdict.lost());
        details.put("quota", quota);
        details.put("stations", stations);
        details.put("operations", report.history().operations().size());
        details.put("kills", report.kills());
        details.put("pauses", report.pauses());
        details.put("seed", seed);
        List<String> lines = List.of(
                verdict.granted() + " granted of " + quota + ", " + verdict.refused() + " refused, "
                        + verdict.duplicates() + " duplicates, " + verdict.lost() + " lost",
                report.history().operations().size() + " operations of " + stations + " stations; services killed "
                        + report.kills() + " times, made to stand still " + report.pauses() + " times (seed " + seed
                        + ")");
        List<Path> files = List.of(folder.resolve(Race.HISTORY));
        return verdict.violations().isEmpty()
                ? CommandResult.pass(lines, files, details)
                : CommandResult.failed(lines, verdict.violations(), files, details);
    }
}
