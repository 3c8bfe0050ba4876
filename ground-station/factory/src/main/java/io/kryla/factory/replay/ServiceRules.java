package io.kryla.factory.replay;

import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.Reworked;
import io.kryla.v1.Scrapped;
import java.util.Optional;

/** SCRAPPED and REWORKED: what happens to a unit between its birth and its handover besides flying. */
final class ServiceRules {
    private static final int LONGEST_REASON = 64;

    private final LedgerState state;

    ServiceRules(LedgerState state) {
        this.state = state;
    }

    void judgeScrapped(LedgerLeaf leaf, Verdict verdict) {
        Scrapped scrapped = leaf.getScrapped();
        verdict.require(
                Shape.allDigests(scrapped.getActSha256(), scrapped.getApprovalSha256())
                        && !scrapped.getActSha256().equals(scrapped.getApprovalSha256())
                        && isReason(scrapped.getReason()),
                Rule.MALFORMED_LEAF,
                "SCRAPPED: the hashes of two statements and a reason expected");
        unitAtTheLine(leaf.getSerial(), verdict);
    }

    void judgeReworked(LedgerLeaf leaf, Verdict verdict) {
        Reworked reworked = leaf.getReworked();
        verdict.require(
                Shape.allDigests(reworked.getStatementSha256()) && isReason(reworked.getReason()),
                Rule.MALFORMED_LEAF,
                "REWORKED: the hash of a statement and a reason expected");
        unitAtTheLine(leaf.getSerial(), verdict).ifPresent(unit -> {
            verdict.require(unit.acceptedIndex.isEmpty(), Rule.BAD_STATE, "serial %s is accepted already", unit.serial);
            verdict.require(
                    reworked.getRevision() == unit.reworks + 1,
                    Rule.BAD_STATE,
                    "rework %d of %s expected, got %d",
                    unit.reworks + 1,
                    unit.serial,
                    reworked.getRevision());
        });
    }

    private Optional<UnitHistory> unitAtTheLine(String serial, Verdict verdict) {
        Optional<UnitHistory> unit = state.unit(serial);
        verdict.require(unit.isPresent(), Rule.BAD_STATE, "serial %s was never born", serial);
        unit.ifPresent(born -> {
            verdict.require(!born.scrapped, Rule.BAD_STATE, "serial %s is scrapped", serial);
            verdict.require(born.transferIndices.isEmpty(), Rule.BAD_STATE, "serial %s has left the line", serial);
            verdict.require(born.openFlight.isEmpty(), Rule.BAD_STATE, "an attempt of %s is still open", serial);
        });
        return unit;
    }

    void applyScrapped(LedgerLeaf leaf) {
        state.bornUnit(leaf.getSerial()).scrapped = true;
    }

    void applyReworked(LedgerLeaf leaf) {
        state.bornUnit(leaf.getSerial()).reworks++;
    }

    private static boolean isReason(String text) {
        return text.matches("[A-Z][A-Z0-9_]*") && text.length() <= LONGEST_REASON;
    }
}
