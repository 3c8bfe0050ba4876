package io.kryla.station.trial;

import io.kryla.station.outcome.Finding;
import io.kryla.station.trial.Operation.Kind;
import io.kryla.station.trial.Operation.Outcome;
import io.kryla.station.trial.RaceHistory.HeldLeaf;
import io.kryla.station.trial.RaceHistory.HeldUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds a race's history against what a quota promises. It knows nothing of how the ledger works: only what was asked, when, what was
 * answered, and what was there at the end.
 *
 * <p>An operation happened, if it did, at one moment between its begin and its end; one without an answer between its begin and the
 * end of time. From that follow, for each unit, the time in which it may have held a place of the quota and the time in
 * which it must have. More units that must have held one than there are places is a breach, and so is a refusal at a time when not as many
 * may have held one.
 */
public final class HistoryChecker {
    private static final long NEVER = Long.MAX_VALUE;

    /** When a unit held a place: surely from first to last, perhaps from earliest to latest. */
    private record Tenure(HeldUnit unit, long earliest, long surelyFrom, long surelyTo, long latest) {
        boolean mayHoldWithin(long from, long to) {
            return earliest <= to && latest >= from;
        }

        boolean mustHoldAt(long moment) {
            return surelyFrom <= moment && moment < surelyTo;
        }
    }

    private final RaceHistory history;
    private final List<Finding> violations = new ArrayList<>();
    private final Map<String, HeldUnit> bySerial = new LinkedHashMap<>();
    private final Map<String, HeldUnit> byKey = new LinkedHashMap<>();
    private final List<Tenure> tenures = new ArrayList<>();
    private long duplicates;
    private long lost;

    private HistoryChecker(RaceHistory history) {
        this.history = history;
    }

    public static RaceVerdict check(RaceHistory history) {
        return new HistoryChecker(history).check();
    }

    private RaceVerdict check() {
        indexUnits();
        checkLeaves();
        checkAnswers();
        history.units().forEach(unit -> tenures.add(tenure(unit)));
        checkHardware();
        checkQuota();
        checkRefusals();
        long granted = history.units().stream().filter(HistoryChecker::holds).count();
        long refused = history.operations().stream()
                .filter(operation -> operation.is(Kind.CLAIM, Outcome.REFUSED))
                .count();
        return new RaceVerdict(granted, refused, duplicates, lost, violations);
    }

    private static boolean holds(HeldUnit unit) {
        return !unit.state().equals("VOIDED");
    }

    private void indexUnits() {
        Set<String> claimed = new TreeSet<>();
        history.operations().stream()
                .filter(operation -> operation.kind() == Kind.CLAIM && operation.outcome() != Outcome.REFUSED)
                .forEach(operation -> claimed.add(operation.key()));
        for (HeldUnit unit : history.units()) {
            if (bySerial.put(unit.serial(), unit) != null) {
                duplicate("DUPLICATE_SERIAL", unit, "two units have it");
            }
            if (byKey.put(unit.key(), unit) != null) {
                duplicate("DUPLICATE_KEY", unit, "two units have its key");
            }
            if (!claimed.contains(unit.key())) {
                violation("NEVER_CLAIMED", unit.serial(), "the ledger holds a unit that no station asked for");
            }
        }
    }

    /** A birth is one leaf, of a unit that is born; a void likewise. */
    private void checkLeaves() {
        Map<String, String> events = new HashMap<>();
        long expected = 0;
        for (HeldLeaf leaf : history.leaves()) {
            if (leaf.index() != expected++) {
                violation("LEAF_MISSING", "leaf " + (expected - 1), "found leaf " + leaf.index() + " in its place");
            }
            String other = events.put(leaf.serial(), leaf.event());
            if (other != null) {
                duplicates++;
                violation(
                        "DUPLICATE_LEAF", "leaf " + leaf.index(), leaf.serial() + " has a leaf " + other + " already");
            }
        }
        for (HeldUnit unit : history.units()) {
            String event = events.getOrDefault(unit.serial(), "");
            if (!event.equals(leafOf(unit.state()))) {
                violation("STATE_WITHOUT_LEAF", unit.serial(), "is " + unit.state() + ", its leaf is \"" + event + '"');
            }
        }
    }

    private static String leafOf(String state) {
        return state.equals("BORN") || state.equals("VOIDED") ? state : "";
    }

    /** Whatever was acknowledged is there, and as it was acknowledged. */
    private void checkAnswers() {
        Map<String, String> serialOfKey = new HashMap<>();
        Map<String, String> keyOfSerial = new HashMap<>();
        for (Operation operation : history.operations()) {
            if (operation.outcome() != Outcome.DONE) {
                continue;
            }
            String serial = operation.serial();
            if (!serialOfKey
                    .merge(operation.key(), serial, (first, next) -> first)
                    .equals(serial)) {
                duplicates++;
                violation("DUPLICATE_KEY", place(operation), "its key was told of two serials");
            }
            if (!keyOfSerial
                    .merge(serial, operation.key(), (first, next) -> first)
                    .equals(operation.key())) {
                duplicates++;
                violation("DUPLICATE_SERIAL", place(operation), serial + " was given to two keys");
            }
            HeldUnit unit = bySerial.get(serial);
            if (unit == null
                    || !unit.key().equals(operation.key())
                    || !unit.hardware().equals(operation.hardware())
                    || !isReached(operation.kind(), unit.state())
                    || !leafIsThere(operation)) {
                lost++;
                violation(
                        "ACKNOWLEDGED_LOST",
                        place(operation),
                        operation.kind() + " of " + serial + " was acknowledged; the ledger holds "
                                + (unit == null ? "no such unit" : unit.toString()));
            }
        }
    }

    private static boolean isReached(Kind kind, String state) {
        List<String> order = List.of("CLAIMED", "CERTIFIED", "INSTALLED", "BORN");
        if (state.equals("VOIDED")) {
            return kind != Kind.BEAR;
        }
        return kind != Kind.VOID && order.indexOf(state) >= kind.ordinal();
    }

    private boolean leafIsThere(Operation operation) {
        if (operation.kind() != Kind.BEAR && operation.kind() != Kind.VOID) {
            return true;
        }
        String event = operation.kind() == Kind.BEAR ? "BORN" : "VOIDED";
        long index = operation.leafIndex();
        if (index < 0 || index >= history.leaves().size()) {
            return false;
        }
        HeldLeaf leaf = history.leaves().get((int) index);
        return leaf.serial().equals(operation.serial()) && leaf.event().equals(event);
    }

    private Tenure tenure(HeldUnit unit) {
        long earliest = NEVER;
        long surelyFrom = NEVER;
        long voidBegun = NEVER;
        long voidEnded = NEVER;
        for (Operation operation : history.operations()) {
            if (!operation.key().equals(unit.key()) || operation.outcome() == Outcome.REFUSED) {
                continue;
            }
            boolean done = operation.outcome() == Outcome.DONE;
            if (operation.kind() == Kind.CLAIM) {
                earliest = Math.min(earliest, operation.begunNanos());
                surelyFrom = done ? Math.min(surelyFrom, operation.endedNanos()) : surelyFrom;
            } else if (operation.kind() == Kind.VOID) {
                voidBegun = Math.min(voidBegun, operation.begunNanos());
                voidEnded = done ? Math.min(voidEnded, operation.endedNanos()) : voidEnded;
            }
        }
        return holds(unit)
                ? new Tenure(unit, earliest, surelyFrom, NEVER, NEVER)
                : new Tenure(unit, earliest, surelyFrom, voidBegun, voidEnded);
    }

    private void checkHardware() {
        Map<String, List<Tenure>> byHardware = new HashMap<>();
        for (Tenure tenure : tenures) {
            List<Tenure> others = byHardware.computeIfAbsent(tenure.unit().hardware(), hardware -> new ArrayList<>());
            boolean atOnce = others.stream()
                    .anyMatch(other -> other.mustHoldAt(tenure.surelyFrom()) || tenure.mustHoldAt(other.surelyFrom()));
            if (atOnce) {
                duplicate("DUPLICATE_HARDWARE", tenure.unit(), "another unit held its hardware id at the same time");
            }
            others.add(tenure);
        }
    }

    private void checkQuota() {
        long quota = history.plan().quota();
        long granted = history.units().stream().filter(HistoryChecker::holds).count();
        if (granted > quota) {
            violation("QUOTA_EXCEEDED", "the end", granted + " units hold a place, the quota is " + quota);
        }
        for (Tenure tenure : tenures) {
            long moment = tenure.surelyFrom();
            long held = moment == NEVER
                    ? 0
                    : tenures.stream().filter(other -> other.mustHoldAt(moment)).count();
            if (held > quota) {
                violation(
                        "QUOTA_EXCEEDED",
                        tenure.unit().serial(),
                        held + " units held a place when it was granted, the quota is " + quota);
                return;
            }
        }
        boolean isRefused = history.operations().stream()
                .anyMatch(operation -> operation.is(Kind.CLAIM, Outcome.REFUSED)
                        && operation.code().equals("QUOTA_EXHAUSTED"));
        if (isRefused && granted < quota) {
            violation("QUOTA_NOT_SPENT", "the end", granted + " units hold a place, claims were refused at " + quota);
        }
    }

    private void checkRefusals() {
        for (Operation operation : history.operations()) {
            if (operation.outcome() == Outcome.REFUSED && !isRight(operation)) {
                violation(
                        "REFUSED_WRONGLY",
                        place(operation),
                        operation.kind() + " of key " + operation.key() + " was refused with " + operation.code());
            }
        }
    }

    private boolean isRight(Operation refused) {
        long from = refused.begunNanos();
        long to = refused.endedNanos();
        if (refused.kind() != Kind.CLAIM) {
            return false;
        }
        if (refused.code().equals("QUOTA_EXHAUSTED")) {
            return wasFullWithin(from, to);
        }
        return refused.code().equals("CLONE_SUSPECTED")
                && tenures.stream()
                        .anyMatch(tenure -> tenure.unit().hardware().equals(refused.hardware())
                                && !tenure.unit().key().equals(refused.key())
                                && tenure.mayHoldWithin(from, to));
    }

    /** Whether at one moment of the time as many units as the quota allows may have held a place. */
    private boolean wasFullWithin(long from, long to) {
        return mayHoldAt(from) >= history.plan().quota()
                || tenures.stream()
                        .mapToLong(Tenure::earliest)
                        .filter(moment -> from < moment && moment <= to)
                        .anyMatch(moment -> mayHoldAt(moment) >= history.plan().quota());
    }

    private long mayHoldAt(long moment) {
        return tenures.stream()
                .filter(tenure -> tenure.mayHoldWithin(moment, moment))
                .count();
    }

    private static String place(Operation operation) {
        return "operation " + operation.number() + " of station " + operation.station();
    }

    private void duplicate(String code, HeldUnit unit, String reason) {
        duplicates++;
        violation(code, unit.serial(), reason);
    }

    private void violation(String code, String where, String reason) {
        violations.add(new Finding(code, "history.jsonl", where, reason));
    }
}
