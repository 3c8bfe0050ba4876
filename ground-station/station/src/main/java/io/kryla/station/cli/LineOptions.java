package io.kryla.station.cli;

import io.kryla.factory.ledger.LedgerDatabase;
import io.kryla.factory.witness.WitnessClient;
import io.kryla.station.line.Premises;
import io.kryla.station.line.ProductionLine;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which line a command works on, and where its ledger lies. */
final class LineOptions {
    @Option(names = "--dir", paramLabel = "DIR", description = "Folder of the line (default: kryla-demo).")
    private Path folder = Path.of("kryla-demo");

    @Option(
            names = "--line",
            paramLabel = "LINE",
            description = "Which line of the folder (default: the first whose keys are here).")
    private @Nullable String line;

    @Option(
            names = "--pin-file",
            paramLabel = "FILE",
            description = "File with the PIN of the token that holds the line's keys, mode 600.")
    private @Nullable Path pinFile;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    Path folder() {
        return folder;
    }

    DatabaseOptions database() {
        return database;
    }

    Premises premises(FrontDoor door) {
        return Premises.open(folder, Optional.ofNullable(pinFile), door.wallClock(), door.random());
    }

    String name(Premises premises) {
        return line == null ? premises.ownLine() : line;
    }

    /** Where the line's ledger lies. */
    LedgerDatabase ledger(Premises premises) {
        return database.database()
                .orElseGet(() -> LedgerDatabase.inFolder(
                        premises.privateFolder().line(name(premises)).ledger()));
    }

    ProductionLine open(Premises premises, WitnessClient witness) {
        return ProductionLine.open(name(premises), premises, witness, database.database());
    }
}
