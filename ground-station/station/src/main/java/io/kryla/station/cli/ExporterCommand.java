package io.kryla.station.cli;

import io.kryla.factory.handover.AuthorisationCheck;
import io.kryla.factory.handover.AuthorisationFault;
import io.kryla.factory.license.VerifiedExportAuthorisation;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.EncryptedKeyFile;
import io.kryla.keys.SoftwareSigner;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.keys.PinFile;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.ExitStatus;
import io.kryla.v1.Envelope;
import io.kryla.v1.ExportAuthorisation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kryla exporter}. */
@Command(
        name = "exporter",
        description = "What the exporter's authorised officer signs; offline.",
        mixinStandardHelpOptions = true,
        subcommands = ExporterCommand.AuthoriseCommand.class)
final class ExporterCommand extends CommandGroup {

    /** {@code kryla exporter authorise}. */
    @Command(
            name = "authorise",
            description =
                    "Sign the transcription of a document of the competent national authority. Whether an export is lawful is for"
                            + " the authority and the officer, not for this program.",
            mixinStandardHelpOptions = true)
    @SuppressWarnings("NullAway.Init") // every option is required
    static final class AuthoriseCommand extends KrylaCommand {
        @Option(
                names = "--root",
                required = true,
                paramLabel = "FILE",
                description = "The licensor's root certificate, PEM.")
        private Path root;

        @Option(names = "--bundle", required = true, paramLabel = "FILE", description = "The licensor's trust bundle.")
        private Path bundle;

        @Option(
                names = "--officer",
                required = true,
                paramLabel = "ID",
                description = "The officer's id in the bundle.")
        private String officer;

        @Option(names = "--key", required = true, paramLabel = "FILE", description = "The officer's encrypted key.")
        private Path key;

        @Option(
                names = "--pin-file",
                required = true,
                paramLabel = "FILE",
                description = "File with what opens the key, mode 600.")
        private Path pinFile;

        @Option(names = "--id", required = true, paramLabel = "ID", description = "Of this authorisation.")
        private String id;

        @Option(names = "--ledger", required = true, paramLabel = "ORIGIN", description = "Whose units it is for.")
        private String ledger;

        @Option(names = "--centre", required = true, paramLabel = "ID", description = "The export centre.")
        private String centre;

        @Option(
                names = "--destination",
                required = true,
                paramLabel = "CC",
                description = "Country of destination, ISO 3166-1 alpha-2.")
        private String destination;

        @Option(names = "--quantity", required = true, paramLabel = "N", description = "Units at most.")
        private int quantity;

        @Option(
                names = "--ends",
                required = true,
                paramLabel = "TIME",
                description = "Last moment of the first transfer, such as 2027-03-31T23:59:59Z.")
        private Instant ends;

        @Option(
                names = "--document",
                required = true,
                paramLabel = "REFERENCE",
                description = "The authority's document that is transcribed.")
        private String document;

        @Option(
                names = "--end-user-certificate",
                required = true,
                paramLabel = "REFERENCE",
                description = "The end-user certificate that it names.")
        private String endUserCertificate;

        @Option(
                names = "--out",
                required = true,
                paramLabel = "FILE",
                description = "The signed authorisation; a new file.")
        private Path out;

        @Override
        CommandResult run(FrontDoor door) {
            if (Files.exists(out)) {
                throw CommandFailure.usage(
                        "FILE_EXISTS", "an authorisation is not written over", out.toString(), "name another file");
            }
            if (!ends.isAfter(door.wallClock().instant())) {
                throw refused(
                        AuthorisationFault.EXPIRED, "ends " + ends + ", which is past", "give the document's own end");
            }
            TrustedBundle trusted = openBundle();
            Envelope signed = AuthorisationCheck.sign(content(), signer());
            DocumentResult<VerifiedExportAuthorisation> opened = VerifiedExportAuthorisation.open(trusted, signed);
            if (opened instanceof DocumentResult.Rejected<VerifiedExportAuthorisation> rejected) {
                throw refused(
                        rejected.code().name(),
                        rejected.reason(),
                        "check it against the document and the trust bundle");
            }
            DocumentFiles.write(out.toAbsolutePath(), signed);
            return CommandResult.pass(
                    List.of(id + ": up to " + quantity + " units of " + ledger + " through " + centre + " to "
                            + destination + " until " + ends + ", after " + document),
                    List.of(out),
                    details(((DocumentResult.Verified<VerifiedExportAuthorisation>) opened).document()));
        }

        private SoftwareSigner signer() {
            char[] pin = PinFile.read(pinFile);
            try {
                return EncryptedKeyFile.read(key, pin);
            } finally {
                Arrays.fill(pin, '\0');
            }
        }

        private TrustedBundle openBundle() {
            DocumentResult<TrustedBundle> opened = TrustedBundle.open(
                    DocumentFiles.readCertificate(root), DocumentFiles.readEnvelope(bundle), OptionalLong.empty());
            if (opened instanceof DocumentResult.Rejected<TrustedBundle> rejected) {
                throw new CommandFailure(
                        ExitStatus.FAILED,
                        rejected.code().name(),
                        rejected.reason(),
                        bundle.toString(),
                        "take the bundle and the root from the licensor");
            }
            return ((DocumentResult.Verified<TrustedBundle>) opened).document();
        }

        private ExportAuthorisation content() {
            return ExportAuthorisation.newBuilder()
                    .setAuthorisationId(id)
                    .setOfficerId(officer)
                    .setLedgerOrigin(ledger)
                    .setCentreId(centre)
                    .setDestination(destination)
                    .setQuantity(quantity)
                    .setNotAfterUnixSeconds(ends.getEpochSecond())
                    .setAuthorityDocument(document)
                    .setEndUserCertificate(endUserCertificate)
                    .build();
        }

        private CommandFailure refused(String code, String what, String remedy) {
            return new CommandFailure(ExitStatus.FAILED, code, what, id, remedy);
        }

        private static Map<String, Object> details(VerifiedExportAuthorisation authorisation) {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("authorisation", authorisation.content().getAuthorisationId());
            details.put("payload_sha256", authorisation.payloadSha256().hex());
            details.put("quantity", authorisation.content().getQuantity());
            return details;
        }
    }
}
