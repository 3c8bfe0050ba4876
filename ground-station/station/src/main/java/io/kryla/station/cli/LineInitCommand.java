package io.kryla.station.cli;

import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.pki.PartyName;
import io.kryla.factory.token.TokenAddress;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.keys.PinFile;
import io.kryla.station.line.LineFounding;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.v1.Envelope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kryla line init}. */
@Command(
        name = "init",
        description = "Begin a line: make its keys where they will be used, and write the request for the licensor.",
        mixinStandardHelpOptions = true)
final class LineInitCommand extends KrylaCommand {
    @Option(names = "--dir", paramLabel = "DIR", required = true, description = "The line's folder; keys: DIR.private.")
    @SuppressWarnings("NullAway.Init") // required
    private Path folder;

    @Option(names = "--line", paramLabel = "LINE", required = true, description = "Its name, such as DE-01.")
    @SuppressWarnings("NullAway.Init") // required
    private String line;

    @Option(names = "--country", paramLabel = "CC", required = true, description = "ISO 3166-1 alpha-2.")
    @SuppressWarnings("NullAway.Init") // required
    private String country;

    @Option(names = "--name", paramLabel = "NAME", required = true, description = "The organisation that runs it.")
    @SuppressWarnings("NullAway.Init") // required
    private String organisation;

    @Option(
            names = "--ledger-origin",
            paramLabel = "TEXT",
            description =
                    "Checkpoint origin of its ledger, a name that is nobody else's (default: kryla.example/ledger/LINE).")
    private @Nullable String origin;

    @Option(
            names = "--token",
            paramLabel = "URI",
            description = "Make the keys in this token, all but the ledger's: pkcs11:slot-id=N?module-path=LIBRARY.")
    private @Nullable String token;

    @Option(names = "--pin-file", paramLabel = "FILE", description = "File with the token's PIN, mode 600.")
    private @Nullable Path pinFile;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The request for the licensor.")
    @SuppressWarnings("NullAway.Init") // required
    private Path out;

    @Override
    CommandResult run(FrontDoor door) {
        Optional<TokenAddress> address = Optional.ofNullable(token).map(TokenAddress::parse);
        Envelope request = LineFounding.found(
                new PublicFolder(folder.toAbsolutePath().normalize()),
                party(),
                origin != null ? origin : "kryla.example/ledger/" + line,
                address,
                Optional.ofNullable(pinFile).map(PinFile::read),
                door.random());
        DocumentFiles.write(out, request);
        List<String> lines = new ArrayList<>();
        lines.add("Keys of line " + line + " made; hand " + out
                + " to the licensor, install the answer with: kryla line" + " install");
        if (address.isEmpty()) {
            lines.add(
                    "WARNING: the keys lie in files, and what opens them lies beside them: good for a bench, not for a"
                            + " line; use --token");
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("line", line);
        details.put("keys_in_files", address.isEmpty());
        return CommandResult.pass(lines, List.of(out), details);
    }

    private PartyName party() {
        if (!line.matches("[A-Z0-9][A-Z0-9-]{1,31}")) {
            throw CommandFailure.usage(
                    "LINE_MALFORMED",
                    "2 to 32 of A-Z, 0-9 and hyphens expected, such as DE-01",
                    "--line " + line,
                    "choose another name");
        }
        try {
            return PartyName.ofLine(country, organisation, line);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(
                    "NAME_MALFORMED", String.valueOf(e.getMessage()), "--country, --name", "correct it");
        }
    }
}
