package io.kryla.factory.audit;

import io.kryla.factory.replay.RoyaltyStatement;
import io.kryla.factory.replay.Totals;
import io.kryla.tlog.Checkpoint;
import java.time.Instant;
import java.util.List;

/**
 * What an audit came to. With no findings, everything else in it is proven.
 *
 * @param files every file of the folder that belongs there, ascending by path
 */
public record AuditReport(
        long bundleRevision, List<AuditedFile> files, List<AuditedLedger> ledgers, List<AuditFinding> findings) {
    public AuditReport {
        files = List.copyOf(files);
        ledgers = List.copyOf(ledgers);
        findings = List.copyOf(findings);
    }

    /**
     * One line's ledger, replayed.
     *
     * @param royalty the same bytes for the line and for the licensor
     */
    public record AuditedLedger(
            String line, Checkpoint checkpoint, Instant cosignedAt, Totals totals, RoyaltyStatement royalty) {}

    public boolean passed() {
        return findings.isEmpty();
    }
}
