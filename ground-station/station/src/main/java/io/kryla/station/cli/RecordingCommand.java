package io.kryla.station.cli;

import io.kryla.ground.record.FlightRepair;
import io.kryla.ground.record.RepairResult;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kryla recording}. */
@Command(
        name = "recording",
        description = "Recorded flights: repair what was cut off, replay, write as tables.",
        mixinStandardHelpOptions = true,
        subcommands = {RecordingCommand.RepairCommand.class, RecordingReplayCommand.class, RecordingCsvCommand.class})
final class RecordingCommand extends CommandGroup {

    /** {@code kryla recording repair}. */
    @Command(
            name = "repair",
            description =
                    "Make a whole file of a recording that was cut off or damaged; the damaged one stays as it is.",
            mixinStandardHelpOptions = true)
    static final class RepairCommand extends KrylaCommand {
        @Parameters(paramLabel = "FILE", description = "A flight.mcap, or the .partial that a recorder left.")
        @SuppressWarnings("NullAway.Init") // required
        private Path damaged;

        @Option(
                names = "--out",
                paramLabel = "FILE",
                description = "The new file (default: FILE with .repaired.mcap for .mcap or .mcap.partial).")
        private @Nullable Path out;

        @Override
        CommandResult run(FrontDoor door) {
            DocumentFiles.requireFile(damaged);
            Path repaired = out != null ? out : beside(damaged);
            if (Files.exists(repaired)) {
                throw CommandFailure.usage(
                        "FILE_EXISTS", "already there", repaired.toString(), "choose another with --out");
            }
            return result(FlightRepair.repair(damaged, repaired));
        }

        private static Path beside(Path damaged) {
            String name = damaged.getFileName().toString().replaceFirst("(\\.mcap)?(\\.partial)?$", "");
            return damaged.resolveSibling(name + ".repaired.mcap");
        }

        private CommandResult result(RepairResult result) {
            Map<String, Object> details = new LinkedHashMap<>();
            if (result instanceof RepairResult.Undamaged undamaged) {
                details.put("damaged", false);
                details.put("leaves", undamaged.leaves());
                String line = "Not damaged: " + undamaged.leaves() + " records; no file was written";
                return CommandResult.pass(List.of(line), List.of(), details);
            }
            details.put("damaged", true);
            if (result instanceof RepairResult.Unrepairable nothing) {
                RepairResult.Damage damage = nothing.damage();
                Finding finding = new Finding(
                        "NOTHING_TO_REPAIR",
                        damaged.toString(),
                        damage.where(),
                        damage.code() + ", " + damage.reason() + "; no record ahead of it is under a checkpoint");
                return CommandResult.failed(List.of(), List.of(finding), List.of(), details);
            }
            return repaired((RepairResult.Repaired) result, details);
        }

        private static CommandResult repaired(RepairResult.Repaired file, Map<String, Object> details) {
            RepairResult.Damage damage = file.damage();
            details.put("damage", damage.code());
            details.put("damage_where", damage.where());
            details.put("leaves", file.leaves());
            details.put("last_attested_index", file.leaves() - 1);
            details.put("checkpoints", file.checkpoints());
            details.put("leaves_dropped", file.leavesDropped());
            details.put("bytes_unread", file.bytesUnread());
            details.put("closed", file.closed());
            List<String> lines = List.of(
                    damage.code() + " at " + damage.where() + ": " + damage.reason(),
                    "Kept: " + file.leaves() + " records to leaf " + (file.leaves() - 1) + ", under "
                            + file.checkpoints() + " checkpoints",
                    "Lost: " + file.leavesDropped() + " records that are under no checkpoint, and whatever was in "
                            + file.bytesUnread() + " bytes",
                    file.closed()
                            ? "The log is closed: nothing of the flight is missing"
                            : "The log is not closed: verify with --allow-unfinished");
            return CommandResult.pass(lines, List.of(file.file()), details);
        }
    }
}
