package io.kryla.station.cli;

import io.kryla.factory.licensor.NamedKeys;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.keys.KeyPlace;
import io.kryla.station.keys.OpenKey;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kryla licensor key}. */
@Command(
        name = "key",
        description = "Make the key of a license holder, a witness, an officer or a centre, on its holder's machine.",
        mixinStandardHelpOptions = true)
final class LicensorKeyCommand extends KrylaCommand {
    /** What kinds of keys there are. */
    enum Kind {
        ED25519(SignatureAlgorithm.ED25519),
        P256(SignatureAlgorithm.ECDSA_P256_SHA256),
        P384(SignatureAlgorithm.ECDSA_P384_SHA384);

        private final SignatureAlgorithm algorithm;

        Kind(SignatureAlgorithm algorithm) {
            this.algorithm = algorithm;
        }
    }

    @Option(
            names = "--holder",
            paramLabel = "ID",
            required = true,
            description = "Id of card, witness or organisation; never a person's name.")
    @SuppressWarnings("NullAway.Init") // required
    private String holder;

    @Mixin
    private KeyOptions key = new KeyOptions();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "ed25519 (a file only), p256 or p384 (default: ed25519 in a file, p384 in a token).")
    private @Nullable Kind kind;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The public part, for the licensor.")
    @SuppressWarnings("NullAway.Init") // required
    private Path out;

    @Override
    CommandResult run(FrontDoor door) {
        KeyPlace place = key.place(holder);
        if (!holder.matches("[!-*,-~]{1,128}")) {
            throw CommandFailure.usage(
                    "HOLDER_MALFORMED",
                    "1 to 128 characters of printable ASCII without space and plus sign expected",
                    "--holder " + holder,
                    "choose another id");
        }
        if (Files.exists(out)) {
            throw CommandFailure.usage("FILE_EXISTS", "already there", out.toString(), "choose another --out");
        }
        Kind made = kind != null ? kind : place.isFile() ? Kind.ED25519 : Kind.P384;
        char[] pin = key.pin();
        try (OpenKey opened = place.make(made.algorithm, pin, door.random())) {
            DocumentFiles.write(out, NamedKeys.make(holder, opened.signer()));
            List<String> lines = new ArrayList<>();
            lines.add(holder + ": key " + opened.signer().key().keyId());
            if (place.isFile()) {
                lines.add(
                        "WARNING: the key lies in a file that only its PIN protects; keep it offline, or use a token");
            }
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("holder", holder);
            details.put("key_id", opened.signer().key().keyId());
            details.put("key_in_file", place.isFile());
            return CommandResult.pass(lines, List.of(out), details);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }
}
