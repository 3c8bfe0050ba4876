package io.kryla.station.cli;

import io.kryla.ground.record.FlightProofFile;
import io.kryla.ground.record.FlightVerdict;
import io.kryla.ground.record.RecordedFlight;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.Finding;
import io.kryla.v1.LeafProof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kryla verify}. */
@Command(
        name = "verify",
        description = "Verify a recorded flight, years later, from the root certificate alone.",
        mixinStandardHelpOptions = true)
final class VerifyCommand extends KrylaCommand {
    /** What may be claimed of a recorded flight, weakest first. */
    enum Claim {
        ATTESTED,
        ANCHORED
    }

    @Parameters(paramLabel = "FLIGHT", description = "A flight.mcap.")
    @SuppressWarnings("NullAway.Init") // required
    private Path flight;

    @Option(
            names = "--root",
            required = true,
            paramLabel = "FILE",
            description = "The licensor's root certificate, PEM.")
    @SuppressWarnings("NullAway.Init") // required
    private Path root;

    @Option(
            names = "--proof",
            paramLabel = "FILE",
            description = "Proof of the flight's leaf in the ledger (default: flight.tlog-proof beside the flight).")
    private @Nullable Path proof;

    @Option(names = "--require", paramLabel = "CLAIM", description = "Fail below this claim: ${COMPLETION-CANDIDATES}.")
    private Claim required = Claim.ATTESTED;

    @Override
    CommandResult run(FrontDoor door) {
        DocumentFiles.requireFile(flight);
        FlightVerdict verdict = RecordedFlight.verify(
                flight,
                DocumentFiles.readCertificate(root),
                anchor(),
                door.wallClock().instant());
        if (verdict instanceof FlightVerdict.Rejected rejected) {
            Finding finding = new Finding(rejected.code(), flight.toString(), rejected.where(), rejected.reason());
            return CommandResult.failed(List.of(), List.of(finding), List.of(), Map.of());
        }
        return result(verdict);
    }

    private Optional<LeafProof> anchor() {
        Path file = proof != null ? proof : flight.toAbsolutePath().resolveSibling("flight.tlog-proof");
        if (proof == null && !Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(FlightProofFile.decode(DocumentFiles.read(file))
                .orElseThrow(() -> CommandFailure.usage(
                        "FILE_MALFORMED", "not a ledger proof", file.toString(), "check that it is the right file")));
    }

    private CommandResult result(FlightVerdict verdict) {
        boolean anchored = verdict instanceof FlightVerdict.Anchored;
        RecordedFlight recorded =
                anchored ? ((FlightVerdict.Anchored) verdict).flight() : ((FlightVerdict.Attested) verdict).flight();
        Claim claim = anchored ? Claim.ANCHORED : Claim.ATTESTED;
        List<String> lines = new ArrayList<>();
        lines.add(
                claim + ": " + recorded.origin().text() + ", " + recorded.head().size() + " records, root "
                        + recorded.head().root().hex());
        lines.add("Trust bundle revision " + recorded.bundle().revision());
        if (verdict instanceof FlightVerdict.Anchored anchor) {
            lines.add("Ledger " + anchor.checkpoint().origin() + " leaf " + anchor.index() + ", cosigned "
                    + anchor.cosignedAt());
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("claim", claim.name());
        details.put("serial", recorded.serial());
        details.put("origin", recorded.origin().text());
        details.put("records", recorded.head().size());
        details.put("bundle_revision", recorded.bundle().revision());
        if (claim.compareTo(required) < 0) {
            Finding finding = new Finding(
                    "NOT_ANCHORED",
                    flight.toString(),
                    "flight.tlog-proof",
                    required + " required; no ledger proof was given or lies beside the flight");
            return CommandResult.failed(lines, List.of(finding), List.of(), details);
        }
        return CommandResult.pass(lines, List.of(flight), details);
    }
}
