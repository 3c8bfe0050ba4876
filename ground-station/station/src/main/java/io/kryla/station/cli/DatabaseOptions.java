package io.kryla.station.cli;

import io.kryla.factory.ledger.LedgerDatabase;
import io.kryla.station.keys.PinFile;
import io.kryla.station.outcome.CommandFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a line's ledger lies, if not in its folder. */
final class DatabaseOptions {
    @Option(
            names = "--db",
            paramLabel = "URL",
            description =
                    "Ledger in PostgreSQL: jdbc:postgresql://localhost/ledger (default: SQLite in the line's folder).")
    private @Nullable String url;

    @Option(names = "--db-user", paramLabel = "NAME", description = "Role that owns the database (default: kryla).")
    private String user = "kryla";

    @Option(
            names = "--db-password-file",
            paramLabel = "FILE",
            description = "File whose first line is the role's password.")
    private @Nullable Path passwordFile;

    /** Empty when the ledger lies in the line's folder. */
    Optional<LedgerDatabase> database() {
        if (url == null) {
            if (passwordFile != null) {
                throw CommandFailure.usage(
                        "USAGE", "--db-password-file without --db", "options", "name the database with --db");
            }
            return Optional.empty();
        }
        return Optional.of(LedgerDatabase.postgresql(url, user, password()));
    }

    private char[] password() {
        return passwordFile == null ? new char[0] : PinFile.read(passwordFile);
    }

    /** The same options for a process of this program. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        if (url != null) {
            arguments.addAll(List.of("--db", url, "--db-user", user));
        }
        if (passwordFile != null) {
            arguments.addAll(
                    List.of("--db-password-file", passwordFile.toAbsolutePath().toString()));
        }
        return arguments;
    }
}
