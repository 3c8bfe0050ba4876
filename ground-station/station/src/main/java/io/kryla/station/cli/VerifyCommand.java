package io.kryla.station.cli;

import io.kryla.ground.record.FlightProofFile;
import io.kryla.ground.record.FlightVerdict;
import io.kryla.ground.record.FlightVerifier;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.Finding;
import io.kryla.v1.LeafProof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Mixin
    private RecordedFlightOptions recording = new RecordedFlightOptions();

    @Option(
            names = "--proof",
            paramLabel = "FILE",
            description = "Proof of the flight's leaf in the ledger (default: flight.tlog-proof beside the flight).")
    private @Nullable Path proof;

    @Option(names = "--require", paramLabel = "CLAIM", description = "Fail below this claim: ${COMPLETION-CANDIDATES}.")
    private Claim required = Claim.ATTESTED;

    @Override
    CommandResult run(FrontDoor door) {
        FlightVerifier verifier = recording.verifier(door);
        FlightVerdict verdict =
                anchor().map(verifier::anchoredBy).orElse(verifier).verify(recording.flight());
        List<String> lines = RecordedFlightOptions.lines(verdict);
        Map<String, Object> details = RecordedFlightOptions.details(verdict);
        Optional<Finding> finding = recording.finding(verdict).or(() -> belowRequired(verdict));
        return finding.isPresent()
                ? CommandResult.failed(lines, List.of(finding.get()), List.of(), details)
                : CommandResult.pass(lines, List.of(recording.flight()), details);
    }

    private Optional<Finding> belowRequired(FlightVerdict verdict) {
        return required == Claim.ATTESTED || verdict instanceof FlightVerdict.Anchored
                ? Optional.empty()
                : Optional.of(new Finding(
                        "NOT_ANCHORED",
                        recording.flight().toString(),
                        "flight.tlog-proof",
                        required + " required; no ledger proof was given or lies beside the flight"));
    }

    private Optional<LeafProof> anchor() {
        Path file = proof != null ? proof : recording.flight().toAbsolutePath().resolveSibling("flight.tlog-proof");
        if (proof == null && !Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(FlightProofFile.decode(DocumentFiles.read(file))
                .orElseThrow(() -> CommandFailure.usage(
                        "FILE_MALFORMED", "not a ledger proof", file.toString(), "check that it is the right file")));
    }
}
