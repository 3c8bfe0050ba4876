package io.kryla.station.cli;

import io.kryla.station.line.LineBackup;
import io.kryla.station.line.Premises;
import io.kryla.station.outcome.CommandResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kryla line backup}. */
@Command(
        name = "backup",
        description = "Copy a line's ledger and keys into a new folder, also while its service runs.",
        mixinStandardHelpOptions = true)
final class LineBackupCommand extends KrylaCommand {
    @Mixin
    private LineOptions line = new LineOptions();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder to make; must not be there.")
    @SuppressWarnings("NullAway.Init") // required
    private Path out;

    @Override
    CommandResult run(FrontDoor door) {
        Premises premises = line.premises(door);
        String name = line.name(premises);
        LineBackup.Contents contents = LineBackup.of(premises, name, line.ledger(premises))
                .writeTo(out, door.wallClock().instant());
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("line", name);
        details.put("size", contents.size());
        details.put("cosigned_size", contents.cosignedSize());
        details.put("units", contents.units());
        return CommandResult.pass(
                List.of(
                        name + ": " + contents.units() + " units, " + contents.size() + " leaves, "
                                + contents.cosignedSize() + " of them cosigned",
                        "The keys in it are encrypted; the passphrase is not in it. Keep both, apart."),
                List.of(out),
                details);
    }
}
