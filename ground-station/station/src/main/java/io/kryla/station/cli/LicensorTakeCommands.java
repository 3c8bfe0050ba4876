package io.kryla.station.cli;

import io.kryla.factory.licensor.Draft;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.licensor.LicensorHouse;
import io.kryla.station.licensor.LineDeliveries;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.v1.Envelope;
import io.kryla.v1.LineDelivery;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that take in what was signed, and give it on. */
final class LicensorTakeCommands {
    private LicensorTakeCommands() {}

    /** {@code kryla licensor take}. */
    @Command(
            name = "take",
            description = "Take in a draft that enough persons signed: put it in force, carry it out.",
            mixinStandardHelpOptions = true)
    static final class TakeCommand extends KrylaCommand {
        @Mixin
        private LicensorOptions where = new LicensorOptions();

        @Parameters(paramLabel = "DRAFT", description = "The signed draft.")
        @SuppressWarnings("NullAway.Init") // required
        private Path file;

        @Override
        CommandResult run(FrontDoor door) {
            LicensorHouse house = where.open(door);
            Envelope signed = DocumentFiles.readEnvelope(file);
            if (!Draft.isDraft(signed)) {
                throw CommandFailure.usage(
                        "NOT_A_DRAFT", "nothing that a licensor takes in", file.toString(), "check the file");
            }
            int signatures = Draft.signatures(signed, house.bundle());
            List<Path> written = house.take(signed, () -> where.keys(door), file);
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("signatures", signatures);
            details.put("bundle_revision", house.bundle().revision());
            return CommandResult.pass(
                    List.of("In force, signed by " + signatures + " of the license keys; trust bundle revision "
                            + house.bundle().revision()),
                    written,
                    details);
        }
    }

    /** {@code kryla licensor crl}. */
    @Command(
            name = "crl",
            description = "Sign fresh revocation lists of root and design CA; lines refuse one older than seven days.",
            mixinStandardHelpOptions = true)
    static final class CrlCommand extends KrylaCommand {
        @Mixin
        private LicensorOptions where = new LicensorOptions();

        @Override
        CommandResult run(FrontDoor door) {
            List<Path> written = where.open(door).renewLists(where.keys(door));
            return CommandResult.pass(List.of("Fresh lists of root and design CA"), written, Map.of());
        }
    }

    /** {@code kryla licensor deliver}. */
    @Command(
            name = "deliver",
            description = "Write all that a line needs into one file, for a stick.",
            mixinStandardHelpOptions = true)
    static final class DeliverCommand extends KrylaCommand {
        @Mixin
        private LicensorOptions where = new LicensorOptions();

        @Option(names = "--line", paramLabel = "LINE", required = true, description = "The line.")
        @SuppressWarnings("NullAway.Init") // required
        private String line;

        @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file; replaced if there.")
        @SuppressWarnings("NullAway.Init") // required
        private Path out;

        @Override
        CommandResult run(FrontDoor door) {
            LineDelivery delivery = LineDeliveries.of(where.open(door), line);
            DocumentFiles.write(out, delivery.toByteArray());
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("line", line);
            details.put("bundle_revisions", delivery.getTrustBundlesCount());
            details.put("license_revisions", delivery.getLicensesCount());
            return CommandResult.pass(
                    List.of("For line " + line + ": trust bundle to revision " + delivery.getTrustBundlesCount()
                            + ", license to revision " + delivery.getLicensesCount()
                            + (delivery.hasFirmwareManifest() ? ", firmware manifest" : ", no firmware yet")),
                    List.of(out),
                    details);
        }
    }
}
