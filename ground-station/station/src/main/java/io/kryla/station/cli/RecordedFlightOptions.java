package io.kryla.station.cli;

import io.kryla.ground.record.FlightVerdict;
import io.kryla.ground.record.FlightVerifier;
import io.kryla.ground.record.RecordedFlight;
import io.kryla.identity.Certificates;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.Finding;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command that believes a recorded flight asks for, and how it says what was found. */
final class RecordedFlightOptions {
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
            names = "--crl",
            paramLabel = "FILE",
            description = "A revocation list, DER, newer than the recording's own; may be given several times.")
    private List<Path> crls = new ArrayList<>();

    @Option(
            names = "--allow-unfinished",
            description = "Accept a log that the airframe never closed, such as that of a crash.")
    private boolean allowUnfinished;

    Path flight() {
        return flight;
    }

    FlightVerifier verifier(FrontDoor door) {
        DocumentFiles.requireFile(flight);
        List<X509CRL> newer = new ArrayList<>();
        for (Path file : crls) {
            newer.add(Certificates.crlFromDer(DocumentFiles.read(file))
                    .orElseThrow(() -> CommandFailure.usage(
                            "FILE_MALFORMED", "not a revocation list in DER", file.toString(), "check the file")));
        }
        return FlightVerifier.of(
                        DocumentFiles.readCertificate(root), door.wallClock().instant())
                .knowing(newer);
    }

    /** What is wrong with the recording for this command's purpose; empty when it is accepted. */
    Optional<Finding> finding(FlightVerdict verdict) {
        if (!(verdict instanceof FlightVerdict.Rejected rejected) || unfinishedAndAllowed(rejected)) {
            return Optional.empty();
        }
        return Optional.of(new Finding(rejected.code(), flight.toString(), rejected.where(), rejected.reason()));
    }

    private boolean unfinishedAndAllowed(FlightVerdict.Rejected rejected) {
        return allowUnfinished
                && rejected.code().equals(FlightVerdict.LOG_NOT_CLOSED)
                && rejected.attested().filter(RecordedFlight::recorderJoined).isPresent();
    }

    /** The flight, as far as it is attested. */
    static Optional<RecordedFlight> attested(FlightVerdict verdict) {
        if (verdict instanceof FlightVerdict.Attested attested) {
            return Optional.of(attested.flight());
        }
        return verdict instanceof FlightVerdict.Anchored anchored
                ? Optional.of(anchored.flight())
                : ((FlightVerdict.Rejected) verdict).attested();
    }

    static List<String> lines(FlightVerdict verdict) {
        List<String> lines = new ArrayList<>();
        attested(verdict).ifPresent(recorded -> {
            String claim = verdict instanceof FlightVerdict.Anchored ? "ANCHORED: " : "ATTESTED: ";
            String extent = recorded.closeReason().isPresent() ? "" : "as far as the log goes: ";
            lines.add(claim + extent + recorded.origin().text() + ", "
                    + recorded.head().size() + " records, root "
                    + recorded.head().root().hex());
            lines.add("Trust bundle revision " + recorded.bundle().revision() + "; oldest revocation list of "
                    + recorded.oldestCrl().toDays() + " days");
        });
        if (verdict instanceof FlightVerdict.Anchored anchor) {
            lines.add("Ledger " + anchor.checkpoint().origin() + " leaf " + anchor.index() + ", cosigned "
                    + anchor.cosignedAt());
        }
        return lines;
    }

    static Map<String, Object> details(FlightVerdict verdict) {
        Map<String, Object> details = new LinkedHashMap<>();
        attested(verdict).ifPresent(recorded -> {
            details.put("claim", verdict instanceof FlightVerdict.Anchored ? "ANCHORED" : "ATTESTED");
            details.put("closed", recorded.closeReason().isPresent());
            details.put("serial", recorded.serial());
            details.put("origin", recorded.origin().text());
            details.put("records", recorded.head().size());
            details.put("sample_count", recorded.samples());
            details.put("flight_seconds", recorded.flightTime().toMillis() / 1e3);
            details.put("bundle_revision", recorded.bundle().revision());
            details.put("oldest_crl_days", recorded.oldestCrl().toDays());
        });
        return details;
    }
}
