package io.kryla.station.cli;

import io.kryla.factory.witness.Witness;
import io.kryla.factory.witness.WitnessClient;
import io.kryla.station.http.HttpWitness;
import io.kryla.station.line.LineBackup;
import io.kryla.station.line.Premises;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kryla line restore}. */
@Command(
        name = "restore",
        description = "Put a backup in the place of a line's ledger, unless the witness has seen more than it holds.",
        mixinStandardHelpOptions = true)
final class LineRestoreCommand extends KrylaCommand {
    @Mixin
    private LineOptions line = new LineOptions();

    @Option(names = "--from", paramLabel = "DIR", required = true, description = "What kryla line backup made.")
    @SuppressWarnings("NullAway.Init") // required
    private Path from;

    @Option(
            names = "--witness",
            paramLabel = "URL",
            description = "Witness to ask, http://localhost:14900 (default: the one in DIR.private).")
    private @Nullable String witnessUrl;

    @Override
    CommandResult run(FrontDoor door) {
        Premises premises = line.premises(door);
        String name = line.name(premises);
        LineBackup backup = LineBackup.of(premises, name, line.ledger(premises));
        LineBackup.Contents contents;
        if (witnessUrl != null) {
            contents = backup.restore(from, witness(witnessUrl));
        } else {
            try (Witness witness = premises.openWitness()) {
                contents = backup.restore(from, witness);
            }
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("line", name);
        details.put("size", contents.size());
        details.put("cosigned_size", contents.cosignedSize());
        details.put("units", contents.units());
        return CommandResult.pass(
                List.of(name + ": " + contents.units() + " units, " + contents.size()
                        + " leaves are in place; what was there before lies beside as ledger.sqlite.replaced"),
                List.of(),
                details);
    }

    static WitnessClient witness(String url) {
        try {
            return HttpWitness.at(url);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(
                    "USAGE", "no address of a witness", "--witness " + url, "give one such as http://localhost:14900");
        }
    }
}
