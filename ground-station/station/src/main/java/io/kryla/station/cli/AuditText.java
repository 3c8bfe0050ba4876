package io.kryla.station.cli;

import io.kryla.factory.audit.AuditReport;
import io.kryla.factory.audit.AuditedFile;
import io.kryla.factory.replay.Totals;
import io.kryla.keys.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An audit's report for a person and for a program. */
record AuditText(AuditReport report, Digest rootSha256, boolean rootIndependent) {

    /** Everything, each file with its standing. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Root certificate SHA-256 " + rootSha256.hex());
        if (!rootIndependent) {
            lines.add("ROOT_NOT_INDEPENDENT: the root is the folder's own; compare the hash above with one you trust");
        }
        for (AuditedFile file : report.files()) {
            lines.add(String.format(
                    Locale.ROOT, "%-8s %s", file.standing().name().toLowerCase(Locale.ROOT), file.path()));
        }
        lines.addAll(summary());
        return lines;
    }

    /** What was proven, line by line. */
    List<String> summary() {
        List<String> lines = new ArrayList<>();
        for (AuditReport.AuditedLedger ledger : report.ledgers()) {
            lines.add(ledger.line() + ": " + ledger.checkpoint().size() + " leaves, root "
                    + ledger.checkpoint().root().hex() + ", cosigned " + ledger.cosignedAt());
            for (Totals.LicenseTotals license : ledger.totals().licenses()) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%s: license %s, %d of %d units born, %d accepted, %d handed over; royalty due %s",
                        ledger.line(),
                        license.policyOid(),
                        license.born(),
                        license.quota(),
                        license.accepted(),
                        license.handedOver(),
                        royalty(license)));
            }
            lines.add(ledger.line() + ": royalty statement " + ledger.royalty().json());
        }
        lines.add(
                report.passed()
                        ? "Proven from the root alone: " + report.files().size()
                                + " files, every ledger, birth, flight and handover in them"
                        : report.findings().size() + " findings; where they point, nothing is proven");
        return lines;
    }

    private static String royalty(Totals.LicenseTotals license) {
        if (license.royaltyMinorUnits().isEmpty()) {
            return "none";
        }
        List<String> amounts = new ArrayList<>();
        license.royaltyMinorUnits()
                .forEach((currency, minor) ->
                        amounts.add(String.format(Locale.ROOT, "%d.%02d %s", minor / 100, minor % 100, currency)));
        return String.join(", ", amounts);
    }

    Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("root_sha256", rootSha256.hex());
        details.put("root_independent", rootIndependent);
        details.put("notices", rootIndependent ? List.of() : List.of("ROOT_NOT_INDEPENDENT"));
        details.put("bundle_revision", report.bundleRevision());
        Map<String, Object> standing = new LinkedHashMap<>();
        report.files()
                .forEach(file -> standing.put(
                        file.path(),
                        Map.of(
                                "standing", file.standing().name().toLowerCase(Locale.ROOT),
                                "sha256", file.sha256().hex())));
        details.put("audited_files", standing);
        details.put("ledgers", report.ledgers().stream().map(AuditText::ledger).toList());
        return details;
    }

    private static Map<String, Object> ledger(AuditReport.AuditedLedger ledger) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("line", ledger.line());
        members.put("size", ledger.checkpoint().size());
        members.put("root", ledger.checkpoint().root().hex());
        members.put("cosigned_at", ledger.cosignedAt().toString());
        members.put("royalty_statement", ledger.royalty().json());
        members.put("royalty_statement_sha256", ledger.royalty().sha256().hex());
        members.put(
                "licenses",
                ledger.totals().licenses().stream().map(AuditText::license).toList());
        return members;
    }

    private static Map<String, Object> license(Totals.LicenseTotals license) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("policy_oid", license.policyOid());
        members.put("quota", license.quota());
        members.put("born", license.born());
        members.put("accepted", license.accepted());
        members.put("handed_over", license.handedOver());
        members.put("royalty_minor_units", license.royaltyMinorUnits());
        return members;
    }
}
