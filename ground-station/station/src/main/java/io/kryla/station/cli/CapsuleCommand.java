package io.kryla.station.cli;

import io.kryla.factory.handover.CapsuleFacts;
import io.kryla.factory.handover.CapsuleResult;
import io.kryla.factory.handover.CapsuleVerifier;
import io.kryla.ownership.Voucher;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kryla capsule}. */
@Command(
        name = "capsule",
        description = "What an airframe carries through its life, in one file.",
        mixinStandardHelpOptions = true,
        subcommands = CapsuleCommand.VerifyCommand.class)
final class CapsuleCommand extends CommandGroup {

    /** {@code kryla capsule verify}. */
    @Command(
            name = "verify",
            description = "Verify birth, acceptance, export authorisation, every owner and the receipt; offline.",
            mixinStandardHelpOptions = true)
    static final class VerifyCommand extends KrylaCommand {
        @Parameters(paramLabel = "FILE", description = "A capsule.")
        @SuppressWarnings("NullAway.Init") // required
        private Path file;

        @Option(
                names = "--root",
                required = true,
                paramLabel = "FILE",
                description = "The licensor's root certificate, PEM.")
        @SuppressWarnings("NullAway.Init") // required
        private Path root;

        @Option(
                names = "--bundle-revision",
                paramLabel = "N",
                description = "Refuse a trust bundle older than this revision.")
        private @Nullable Long bundleRevision;

        @Override
        CommandResult run(FrontDoor door) {
            CapsuleVerifier verifier = CapsuleVerifier.of(DocumentFiles.readCertificate(root));
            if (bundleRevision != null) {
                verifier = verifier.withKnownRevision(bundleRevision);
            }
            CapsuleResult result =
                    verifier.verify(DocumentFiles.read(file), door.wallClock().instant());
            if (result instanceof CapsuleResult.Rejected rejected) {
                Finding finding = new Finding(rejected.code(), file.toString(), rejected.where(), rejected.reason());
                return CommandResult.failed(List.of(), List.of(finding), List.of(), Map.of());
            }
            CapsuleFacts facts = ((CapsuleResult.Verified) result).facts();
            return CommandResult.pass(lines(facts), List.of(file), details(facts));
        }
    }

    static List<String> lines(CapsuleFacts facts) {
        return List.of(
                facts.serial() + ": born on line " + facts.license().getLine() + " under license "
                        + facts.license().getPolicyOid() + ", leaf " + facts.bornIndex() + ", cosigned "
                        + facts.bornAt(),
                "Accepted at level " + facts.acceptance().getLevel().name().replaceFirst("^ACCEPTANCE_LEVEL_", "")
                        + ", leaf " + facts.acceptedIndex(),
                "Owners: " + String.join(" > ", owners(facts.voucher()))
                        + "; the last signed for it, and so did the airframe",
                "Trust bundle revision " + facts.bundleRevision() + "; oldest revocation list of "
                        + facts.oldestCrl().toDays() + " days");
    }

    private static Map<String, Object> details(CapsuleFacts facts) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("serial", facts.serial());
        details.put("line", facts.license().getLine());
        details.put("license", facts.license().getPolicyOid());
        details.put("level", facts.acceptance().getLevel().name());
        details.put("owners", owners(facts.voucher()));
        details.put("bundle_revision", facts.bundleRevision());
        details.put("oldest_crl_days", facts.oldestCrl().toDays());
        return details;
    }

    private static List<String> owners(Voucher voucher) {
        List<String> owners = new ArrayList<>(List.of(voucher.header().getOwnerId()));
        voucher.transfers().forEach(transfer -> owners.add(transfer.next().id()));
        return owners;
    }
}
