package io.kryla.station.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.station.outcome.Finding;
import io.kryla.station.trial.Operation.Kind;
import io.kryla.station.trial.Operation.Outcome;
import io.kryla.station.trial.RaceHistory.HeldLeaf;
import io.kryla.station.trial.RaceHistory.HeldUnit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A right history passes; each thing that must not be, planted into it, is found. */
class HistoryCheckerTest {
    private static final long QUOTA = 2;

    private final List<Operation> operations = new ArrayList<>();
    private final List<HeldUnit> units = new ArrayList<>();
    private final List<HeldLeaf> leaves = new ArrayList<>();
    private long now;

    /** A and B are born; C was refused, and D is a clone of A. */
    @BeforeEach
    void aRightHistory() {
        birth("A", "S1", 0);
        birth("B", "S2", 1);
        refused("C", "hardware C", "QUOTA_EXHAUSTED");
        refused("D", "hardware A", "CLONE_SUSPECTED");
    }

    private void birth(String name, String serial, long leaf) {
        done(Kind.CLAIM, name, serial, -1);
        done(Kind.CERTIFY, name, serial, -1);
        done(Kind.INSTALL, name, serial, -1);
        done(Kind.BEAR, name, serial, leaf);
        units.add(new HeldUnit(serial, "key " + name, "hardware " + name, "BORN"));
        leaves.add(new HeldLeaf(leaf, serial, "BORN"));
    }

    private void done(Kind kind, String name, String serial, long leaf) {
        operation(kind, "key " + name, "hardware " + name, serial, Outcome.DONE, "", leaf);
    }

    private void refused(String name, String hardware, String code) {
        operation(Kind.CLAIM, "key " + name, hardware, "", Outcome.REFUSED, code, -1);
    }

    private void operation(
            Kind kind, String key, String hardware, String serial, Outcome outcome, String code, long leaf) {
        operations.add(new Operation(
                operations.size() + 1, 1, kind, key, hardware, serial, now, now + 1, outcome, code, leaf));
        now += 2;
    }

    private RaceVerdict check() {
        return HistoryChecker.check(new RaceHistory(new RaceHistory.Plan(QUOTA, 1, 7), operations, units, leaves));
    }

    private List<String> found() {
        return check().violations().stream().map(Finding::code).distinct().collect(Collectors.toList());
    }

    @Test
    void passesARightHistory() {
        RaceVerdict verdict = check();

        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.granted()).isEqualTo(2);
        assertThat(verdict.refused()).isEqualTo(2);
        assertThat(verdict.duplicates()).isZero();
        assertThat(verdict.lost()).isZero();
    }

    @Test
    void anUnansweredClaimMayOrMayNotHaveHappened() {
        operation(Kind.CLAIM, "key E", "hardware E", "", Outcome.UNANSWERED, "NO_ANSWER", -1);

        assertThat(found()).isEmpty();
    }

    @Test
    void aPlaceThatWasGivenBackIsGrantedAgain() {
        // B is given up before its birth, and E takes its place.
        operations.removeIf(operation ->
                operation.is(Kind.BEAR, Outcome.DONE) && operation.key().equals("key B"));
        operations.removeIf(operation -> operation.outcome() == Outcome.REFUSED);
        leaves.remove(1);
        units.set(1, new HeldUnit("S2", "key B", "hardware B", "VOIDED"));
        done(Kind.VOID, "B", "S2", 1);
        leaves.add(new HeldLeaf(1, "S2", "VOIDED"));
        birth("E", "S3", 2);

        assertThat(found()).isEmpty();
    }

    @Test
    void findsAnAcknowledgedUnitThatIsGone() {
        units.remove(1);
        leaves.remove(1);

        assertThat(found()).contains("ACKNOWLEDGED_LOST");
        assertThat(check().lost()).isEqualTo(4);
    }

    @Test
    void findsAnAcknowledgedStepThatIsGone() {
        units.set(1, new HeldUnit("S2", "key B", "hardware B", "CERTIFIED"));
        leaves.remove(1);

        assertThat(found()).contains("ACKNOWLEDGED_LOST");
        assertThat(check().lost()).isEqualTo(2);
    }

    @Test
    void findsABirthWhoseLeafIsAnothers() {
        leaves.set(1, new HeldLeaf(1, "S9", "BORN"));

        assertThat(found()).contains("ACKNOWLEDGED_LOST", "STATE_WITHOUT_LEAF");
    }

    @Test
    void findsAHoleInTheLeaves() {
        leaves.set(1, new HeldLeaf(2, "S2", "BORN"));

        assertThat(found()).contains("LEAF_MISSING");
    }

    @Test
    void findsASecondBirthOfASerial() {
        leaves.add(new HeldLeaf(2, "S2", "BORN"));

        assertThat(found()).containsExactly("DUPLICATE_LEAF");
    }

    @Test
    void findsASerialOfTwoKeys() {
        units.set(1, new HeldUnit("S1", "key B", "hardware B", "BORN"));

        assertThat(found()).contains("DUPLICATE_SERIAL");
    }

    @Test
    void findsASerialThatWasToldToTwoKeys() {
        done(Kind.CLAIM, "E", "S2", -1);

        assertThat(found()).contains("DUPLICATE_SERIAL");
        assertThat(check().duplicates()).isEqualTo(1);
    }

    @Test
    void findsAKeyWithTwoSerials() {
        done(Kind.CLAIM, "B", "S3", -1);
        units.add(new HeldUnit("S3", "key B", "hardware B", "CLAIMED"));

        assertThat(found()).contains("DUPLICATE_KEY");
    }

    @Test
    void findsHardwareThatTwoUnitsHold() {
        done(Kind.CLAIM, "E", "S3", -1);
        operations.set(
                operations.size() - 1,
                new Operation(11, 1, Kind.CLAIM, "key E", "hardware A", "S3", now - 2, now - 1, Outcome.DONE, "", -1));
        units.add(new HeldUnit("S3", "key E", "hardware A", "CLAIMED"));

        assertThat(found()).contains("DUPLICATE_HARDWARE");
    }

    @Test
    void findsAUnitBeyondTheQuota() {
        birth("E", "S3", 2);

        assertThat(found()).containsExactly("QUOTA_EXCEEDED");
    }

    @Test
    void findsAQuotaThatWasExceededForAWhile() {
        birth("E", "S3", 2);
        operations.removeIf(operation ->
                operation.is(Kind.BEAR, Outcome.DONE) && operation.key().equals("key E"));
        units.set(2, new HeldUnit("S3", "key E", "hardware E", "VOIDED"));
        leaves.set(2, new HeldLeaf(2, "S3", "VOIDED"));
        done(Kind.VOID, "E", "S3", 2);

        assertThat(found()).containsExactly("QUOTA_EXCEEDED");
    }

    @Test
    void findsARefusalAheadOfItsTime() {
        operations.add(
                0,
                new Operation(
                        0, 1, Kind.CLAIM, "key F", "hardware F", "", -2, -1, Outcome.REFUSED, "QUOTA_EXHAUSTED", -1));

        assertThat(found()).containsExactly("REFUSED_WRONGLY");
    }

    @Test
    void findsARefusalForNoReason() {
        refused("F", "hardware F", "CLONE_SUSPECTED");

        assertThat(found()).containsExactly("REFUSED_WRONGLY");
    }

    @Test
    void findsAQuotaThatWasNotSpent() {
        units.remove(1);
        leaves.remove(1);
        operations.removeIf(operation -> operation.key().equals("key B"));

        assertThat(found()).contains("QUOTA_NOT_SPENT");
    }

    @Test
    void findsAUnitThatNobodyAskedFor() {
        units.add(new HeldUnit("S3", "key X", "hardware X", "CLAIMED"));

        assertThat(found()).contains("NEVER_CLAIMED");
    }

    @Test
    void aHistoryIsTheSameAfterItsFile(@TempDir Path folder) {
        RaceHistory history = new RaceHistory(new RaceHistory.Plan(QUOTA, 1, 7), operations, units, leaves);
        Path file = folder.resolve("history.jsonl");

        history.write(file);

        assertThat(RaceHistory.read(file)).isEqualTo(history);
    }
}
