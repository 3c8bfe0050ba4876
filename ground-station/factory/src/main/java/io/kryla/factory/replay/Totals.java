package io.kryla.factory.replay;

import io.kryla.v1.License;
import io.kryla.v1.Royalty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the leaves add up to, by license. */
public record Totals(long leaves, List<LicenseTotals> licenses) {
    public Totals {
        licenses = List.copyOf(licenses);
    }

    /**
     * The totals of one license; what is beyond its quota is counted too.
     *
     * @param quota of its highest revision known
     * @param royaltyMinorUnits by ISO 4217 currency, each unit by the revision it was born under
     */
    public record LicenseTotals(
            String policyOid,
            String line,
            long quota,
            long born,
            long accepted,
            long handedOver,
            Map<String, Long> royaltyMinorUnits) {
        public LicenseTotals {
            royaltyMinorUnits = Collections.unmodifiableMap(new TreeMap<>(royaltyMinorUnits));
        }
    }

    static Totals of(LedgerState state) {
        List<LicenseTotals> licenses = new ArrayList<>();
        state.licenses.forEach((oid, revisions) ->
                licenses.add(ofLicense(oid, revisions.lastEntry().getValue(), state.units.values())));
        return new Totals(state.size, licenses);
    }

    private static LicenseTotals ofLicense(String oid, License newest, Iterable<UnitHistory> units) {
        long born = 0;
        long accepted = 0;
        long handedOver = 0;
        Map<String, Long> royalty = new TreeMap<>();
        for (UnitHistory unit : units) {
            if (!unit.license.getPolicyOid().equals(oid)) {
                continue;
            }
            born++;
            accepted += unit.acceptedIndex.isPresent() ? 1 : 0;
            handedOver += unit.transferIndices.isEmpty() ? 0 : 1;
            Royalty terms = unit.license.getRoyalty();
            if (isDue(terms, unit)) {
                royalty.merge(terms.getCurrency(), terms.getAmountMinorUnits(), Math::addExact);
            }
        }
        return new LicenseTotals(oid, newest.getLine(), newest.getQuota(), born, accepted, handedOver, royalty);
    }

    private static boolean isDue(Royalty terms, UnitHistory unit) {
        switch (terms.getEvent()) {
            case ROYALTY_EVENT_BORN:
                return true;
            case ROYALTY_EVENT_ACCEPTED:
                return unit.acceptedIndex.isPresent();
            case ROYALTY_EVENT_HANDED_OVER:
                return !unit.transferIndices.isEmpty();
            default:
                return false;
        }
    }
}
