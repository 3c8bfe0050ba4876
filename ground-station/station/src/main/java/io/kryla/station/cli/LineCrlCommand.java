package io.kryla.station.cli;

import io.kryla.station.line.LineRevocations;
import io.kryla.station.line.Premises;
import io.kryla.station.outcome.CommandResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kryla line crl}. */
@Command(
        name = "crl",
        description = "Sign fresh revocation lists of the line's CAs; at a line none may be older than seven days.",
        mixinStandardHelpOptions = true)
final class LineCrlCommand extends KrylaCommand {
    @Option(names = "--dir", paramLabel = "DIR", description = "Folder of the line.")
    private Path folder = Path.of("kryla-demo");

    @Option(names = "--line", paramLabel = "LINE", description = "The line (default: the first whose keys are here).")
    private @Nullable String line;

    @Option(names = "--pin-file", paramLabel = "FILE", description = "File with the token's PIN, mode 600.")
    private @Nullable Path pinFile;

    @Override
    CommandResult run(FrontDoor door) {
        Premises premises = Premises.open(folder, Optional.ofNullable(pinFile), door.wallClock(), door.random());
        String name = line != null ? line : premises.ownLine();
        List<Path> written = new LineRevocations(premises, name).renew();
        return CommandResult.pass(List.of("Fresh lists of line " + name), written, Map.of("line", name));
    }
}
