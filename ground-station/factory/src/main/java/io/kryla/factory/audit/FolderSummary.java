package io.kryla.factory.audit;

import io.kryla.factory.license.SerialSpace;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.replay.LedgerReplay;
import io.kryla.factory.replay.UnitHistory;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.LedgerIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedLicense;
import io.kryla.v1.Envelope;
import io.kryla.v1.FlightOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code summary.json} (protocol.md §12.5): every unit that a folder's ledgers hold, and how far it came. A function of the
 * ledgers alone, so an audit comes to the same bytes, or says that they are others.
 */
public final class FolderSummary {
    private FolderSummary() {}

    /**
     * The summary of a folder that its own lines have just written; no signature is looked at here.
     *
     * @throws io.kryla.keys.KrylaException STORAGE_FAILED when a ledger cannot be read
     * @throws IllegalStateException when a license or a ledger is not in the folder, or not whole
     */
    public static byte[] ofPublished(PublicFolder folder, TrustedBundle bundle) {
        SortedMap<String, LedgerReplay> replays = new TreeMap<>();
        for (LedgerIdentity ledger : bundle.ledgers()) {
            LedgerReplay replay = new LedgerReplay(ledger.origin());
            replay.admit(license(folder.license(ledger.line()), bundle));
            List<byte[]> leaves = new ArrayList<>();
            LedgerAudit.read(folder.ledger(ledger.line()), leaves);
            leaves.forEach(replay::append);
            replays.put(ledger.line(), replay);
        }
        return of(replays);
    }

    /** @param replays by line */
    static byte[] of(SortedMap<String, LedgerReplay> replays) {
        StringBuilder json = new StringBuilder("{\n  \"kind\": \"kryla-demo\",\n  \"units\": [");
        String separator = "\n";
        for (var line : replays.entrySet()) {
            for (UnitHistory unit : line.getValue().units()) {
                if (SerialSpace.isSerial(unit.serial())) {
                    json.append(separator);
                    unit(json, line.getKey(), unit);
                    separator = ",\n";
                }
            }
        }
        return json.append("\n  ]\n}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void unit(StringBuilder json, String line, UnitHistory unit) {
        Optional<String> verdict =
                unit.lastJudged().map(closing -> verdict(closing.getValue().getOutcome()));
        List<String> files = new ArrayList<>(List.of("airframes/" + unit.serial()));
        verdict.ifPresent(flown -> files.add("flights/" + unit.serial()));
        if (!unit.transferIndices().isEmpty()) {
            files.add("handover/" + unit.serial() + ".capsule");
        }
        json.append("    {\n      \"line\": \"").append(line);
        json.append("\",\n      \"serial\": \"").append(unit.serial());
        json.append("\",\n      \"verdict\": ")
                .append(verdict.map(outcome -> "\"" + outcome + "\"").orElse("null"));
        json.append(",\n      \"accepted\": ").append(unit.acceptedIndex().isPresent());
        json.append(",\n      \"files\": [\"").append(String.join("\", \"", files));
        json.append("\"]\n    }");
    }

    private static String verdict(FlightOutcome outcome) {
        return outcome.name().substring("FLIGHT_OUTCOME_".length());
    }

    private static VerifiedLicense license(Path file, TrustedBundle bundle) {
        Optional<DocumentResult<VerifiedLicense>> opened = BoundedFile.read(file, Findings.LARGEST_DOCUMENT)
                .flatMap(bytes -> ExactDocument.decode(Envelope.parser(), bytes))
                .map(envelope -> VerifiedLicense.open(bundle, envelope));
        if (opened.isPresent() && opened.get() instanceof DocumentResult.Verified<VerifiedLicense> verified) {
            return verified.document();
        }
        throw new IllegalStateException("a line's own folder holds its license: " + file);
    }
}
