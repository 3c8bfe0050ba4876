package io.kryla.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.codec.RecordView;
import io.kryla.keys.Digest;
import io.kryla.tlog.FadingTree;
import io.kryla.tlog.MerkleHash;
import io.kryla.v1.LeafRange;
import io.kryla.v1.TelemetryRecord;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlightLogReceiverTest {
    @Test
    void aRecordIsAuthenticAtOnceAndAttestedUnderTheNextCheckpoint() {
        TestLog log = TestLog.of(2);
        FlightLogReceiver receiver = log.receiver();
        assertThat(claims(receiver.receiveRecord(log.records.get(0))))
                .singleElement()
                .isInstanceOf(AuthenticRecord.class);
        assertThat(claims(receiver.receiveRecord(log.records.get(1))))
                .singleElement()
                .isInstanceOf(AuthenticRecord.class);
        assertThat(receiver.head()).isEmpty();
        assertThat(claims(receiver.receiveCheckpoint(log.checkpoint())))
                .hasSize(2)
                .allSatisfy(claim -> assertThat(claim).isInstanceOf(AttestedRecord.class))
                .extracting(Claimed::recordBytes)
                .containsExactly(log.records.get(0), log.records.get(1));
        assertThat(receiver.head().orElseThrow().size()).isEqualTo(2);
        assertThat(receiver.acknowledgement().getAttestedSize()).isEqualTo(2);
    }

    @Test
    void nothingIsAttestedBeforeEveryLeafIsHere() {
        TestLog log = TestLog.of(4);
        FlightLogReceiver receiver = log.receiver();
        receiver.receiveRecord(log.records.get(0));
        receiver.receiveRecord(log.records.get(3));
        assertThat(claims(receiver.receiveCheckpoint(log.checkpoint()))).isEmpty();
        assertThat(receiver.missing()).containsExactly(range(1, 3));
        assertThat(receiver.acknowledgement().getNextLeafIndex()).isEqualTo(1);
        receiver.receiveRecord(log.records.get(2));
        assertThat(receiver.missing()).containsExactly(range(1, 2));
        assertThat(claims(receiver.receiveRecord(log.records.get(1)))).hasSize(5);
        assertThat(receiver.missing()).isEmpty();
    }

    @Test
    void aCheckpointAloneTellsWhatIsMissing() {
        TestLog log = TestLog.of(9);
        FlightLogReceiver receiver = log.receiver();
        receiver.receiveCheckpoint(log.checkpoint());
        assertThat(receiver.missing()).containsExactly(range(0, 9));
    }

    @Test
    void asksForAtMost64RangesAtATime() {
        TestLog log = TestLog.of(400);
        FlightLogReceiver receiver = log.receiver();
        for (int i = 0; i < 400; i += 2) {
            receiver.receiveRecord(log.records.get(i));
        }
        assertThat(receiver.missing()).hasSize(64).startsWith(range(1, 2), range(3, 4));
    }

    @Test
    void isCompleteWhenTheClosingLeafIsAttested() {
        TestLog log = TestLog.of(3);
        FlightLogReceiver receiver = log.receiver();
        log.records.forEach(receiver::receiveRecord);
        receiver.receiveCheckpoint(log.checkpoint());
        assertThat(receiver.complete()).isFalse();
        receiver.receiveRecord(log.append(TestLog.closed(99)));
        assertThat(receiver.complete()).isFalse();
        receiver.receiveCheckpoint(log.checkpoint());
        assertThat(receiver.complete()).isTrue();
    }

    @Test
    void rejectsRepetitionsAsDuplicates() {
        TestLog log = TestLog.of(2);
        FlightLogReceiver receiver = log.receiver();
        receiver.receiveRecord(log.records.get(0));
        assertRejected(receiver.receiveRecord(log.records.get(0)), LogRejection.DUPLICATE);
        receiver.receiveRecord(log.records.get(1));
        receiver.receiveCheckpoint(log.checkpoint());
        assertRejected(receiver.receiveCheckpoint(log.checkpoint()), LogRejection.DUPLICATE);
        assertRejected(receiver.receiveRecord(log.records.get(1)), LogRejection.DUPLICATE);
        assertThat(receiver.condemned()).isEmpty();
    }

    @Test
    void rejectsWhatIsNoRecordAndWhatIsNoCheckpoint() {
        FlightLogReceiver receiver = TestLog.of(1).receiver();
        assertRejected(receiver.receiveRecord(new byte[] {(byte) 0xff}), LogRejection.MALFORMED);
        assertRejected(receiver.receiveRecord(new byte[0]), LogRejection.MALFORMED);
        assertRejected(receiver.receiveCheckpoint(new byte[103]), LogRejection.MALFORMED);
        assertRejected(receiver.receiveSubtrees(new byte[16]), LogRejection.MALFORMED);
    }

    @Test
    void checkingACheckpointChangesNothingAndOnlyWhatThisReceiverCheckedIsTaken() {
        TestLog log = TestLog.of(2);
        FlightLogReceiver receiver = log.receiver();
        receiver.receiveRecord(log.records.get(0));
        receiver.receiveRecord(log.records.get(1));
        CheckedCheckpoint checked = receiver.check(log.checkpoint());
        assertThat(receiver.attestedSize()).isZero();
        assertThat(receiver.head()).isEmpty();
        FlightLogReceiver other = TestLog.of(2).receiver();
        assertThatThrownBy(() -> other.take(checked)).isInstanceOf(IllegalArgumentException.class);
        assertThat(claims(receiver.take(checked))).hasSize(2);
        assertThat(receiver.attestedSize()).isEqualTo(2);
        assertRejected(receiver.take(checked), LogRejection.DUPLICATE);
        assertRejected(receiver.take(receiver.check(TestLog.of(2).checkpoint())), LogRejection.BAD_NOTE);
    }

    @Test
    void rejectsACheckpointOfAnotherKey() {
        TestLog log = TestLog.of(1);
        FlightLogReceiver receiver = log.receiver();
        assertRejected(receiver.receiveCheckpoint(TestLog.of(1).checkpoint()), LogRejection.BAD_NOTE);
        assertThat(receiver.condemned()).isEmpty();
    }

    @Test
    void keepsOnlySoManyRecordsAhead() {
        FlightLogReceiver receiver = TestLog.of(1).receiver();
        byte[] far = TelemetryRecord.newBuilder()
                .setLeafIndex(FlightLogReceiver.MOST_AHEAD)
                .addSamples(TestLog.event(1, ""))
                .build()
                .toByteArray();
        assertRejected(receiver.receiveRecord(far), LogRejection.TOO_FAR_AHEAD);
    }

    @Test
    void condemnsALogWhoseSignedRootIsNotThatOfItsRecords() {
        TestLog log = TestLog.of(2);
        FlightLogReceiver receiver = log.receiver();
        receiver.receiveRecord(log.records.get(0));
        receiver.receiveRecord(other(1));
        assertRejected(receiver.receiveCheckpoint(log.checkpoint()), LogRejection.ROOT_MISMATCH);
        assertRejected(receiver.receiveRecord(log.records.get(1)), LogRejection.ROOT_MISMATCH);
        assertThat(receiver.head()).isEmpty();
        assertThat(receiver.complete()).isFalse();
    }

    @Test
    void condemnsTwoContentsForALeaf() {
        FlightLogReceiver receiver = TestLog.of(1).receiver();
        receiver.receiveRecord(TestLog.of(2).records.get(1));
        assertRejected(receiver.receiveRecord(other(1)), LogRejection.INCONSISTENT);
        assertThat(receiver.condemned()).contains(LogRejection.INCONSISTENT);
    }

    @Test
    void condemnsTwoSignedRootsForASize() {
        TestLog log = TestLog.of(1);
        FlightLog fork = new FlightLog(TestLog.ORIGIN, log.logKey);
        fork.append(other(0));
        FlightLogReceiver receiver = log.receiver();
        receiver.receiveCheckpoint(log.checkpoint());
        assertRejected(receiver.receiveCheckpoint(fork.sign().wire()), LogRejection.INCONSISTENT);
    }

    @Test
    void condemnsAForkOfTheAttestedHead() {
        TestLog log = TestLog.of(1);
        FlightLog fork = new FlightLog(TestLog.ORIGIN, log.logKey);
        fork.append(other(0));
        FlightLogReceiver receiver = log.receiver();
        receiver.receiveRecord(log.records.get(0));
        receiver.receiveCheckpoint(log.checkpoint());
        assertRejected(receiver.receiveCheckpoint(fork.sign().wire()), LogRejection.INCONSISTENT);
    }

    @Test
    void condemnsALogThatDoesNotBeginWithItsOwnOpening() {
        TestLog log = new TestLog();
        log.append(TestLog.opened(new FlightOrigin(TestLog.ORIGIN.prefix(), 4, "flight")));
        FlightLogReceiver receiver = log.receiver();
        receiver.receiveRecord(log.records.get(0));
        assertRejected(receiver.receiveCheckpoint(log.checkpoint()), LogRejection.INCONSISTENT);
    }

    @Test
    void condemnsALogWhoseTimeRunsBackward() {
        TestLog log = TestLog.of(5);
        log.append(TestLog.event(3, "earlier"));
        assertCondemnedAtCheckpoint(log);
    }

    @Test
    void condemnsALogWhoseStatesRunBackwardWithinARecordOrFromOneToTheNext() {
        TestLog within = TestLog.of(2);
        within.append(TestLog.state(7), TestLog.state(6));
        assertCondemnedAtCheckpoint(within);
        TestLog between = TestLog.of(2);
        between.append(TestLog.state(7), TestLog.state(8));
        between.append(TestLog.state(7));
        assertCondemnedAtCheckpoint(between);
    }

    @Test
    void condemnsALogOfWhichLeaf0IsAState() {
        TestLog log = new TestLog();
        log.append(TestLog.state(0));
        assertCondemnedAtCheckpoint(log);
    }

    @Test
    void condemnsStatesAfterTheEnd() {
        TestLog log = TestLog.of(2);
        log.append(TestLog.closed(10));
        log.append(TestLog.state(11));
        assertCondemnedAtCheckpoint(log);
    }

    @Test
    void aRecordOfStatesIsReadWithAViewOrAsAMessage() {
        TestLog log = TestLog.of(1);
        FlightLogReceiver receiver = log.receiver();
        Claimed states = claims(receiver.receiveRecord(log.append(TestLog.state(5), TestLog.state(6))))
                .get(0);
        RecordView view = new RecordView();
        assertThat(states.holdsOnlyStates()).isTrue();
        assertThat(states.readWith(view)).isTrue();
        assertThat(view.sample(1).flightTimeNanos()).isEqualTo(6);
        assertThat(states.record().getSamples(1).getFlightTimeNanos()).isEqualTo(6);
        Claimed event = claims(receiver.receiveRecord(log.append(TestLog.event(7, "touchdown"))))
                .get(0);
        assertThat(event.holdsOnlyStates()).isFalse();
        assertThat(event.readWith(view)).isFalse();
    }

    @Test
    void aRecordInTheMiddleOfABufferIsCopied() {
        TestLog log = TestLog.of(1);
        byte[] record = log.append(TestLog.state(5));
        byte[] buffer = new byte[record.length + 20];
        System.arraycopy(record, 0, buffer, 7, record.length);
        Claimed claim =
                claims(log.receiver().receiveRecord(buffer, 7, record.length)).get(0);
        Arrays.fill(buffer, (byte) 0);
        assertThat(claim.recordBytes()).isEqualTo(record);
    }

    @Test
    void condemnsAnotherContentOfAStateThatWaitsBeforeOrBeyondAHole() {
        TestLog log = TestLog.of(1);
        log.append(TestLog.state(5));
        log.append(TestLog.state(6));
        log.append(TestLog.state(7));
        for (int leaf : new int[] {1, 3}) {
            FlightLogReceiver receiver = log.receiver();
            List.of(0, 1, 3).forEach(i -> receiver.receiveRecord(log.records.get(i)));
            assertRejected(receiver.receiveRecord(log.records.get(leaf)), LogRejection.DUPLICATE);
            assertRejected(receiver.receiveRecord(other(leaf)), LogRejection.INCONSISTENT);
        }
    }

    @Test
    void condemnsALogThatGoesOnAfterItsEnd() {
        TestLog log = TestLog.of(2);
        log.append(TestLog.closed(10));
        log.append(TestLog.event(11, "after"));
        assertCondemnedAtCheckpoint(log);
    }

    @Test
    void hashesStandForLeavesWhoseBodiesAreGone() {
        TestLog log = TestLog.of(100);
        FlightLogReceiver receiver = log.receiver();
        for (int i = 0; i < 13; i++) {
            receiver.receiveRecord(log.records.get(i));
        }
        for (int i = 77; i < 100; i++) {
            receiver.receiveRecord(log.records.get(i));
        }
        receiver.receiveCheckpoint(log.checkpoint());
        assertThat(receiver.missing()).containsExactly(range(13, 77));
        byte[] wire = hashes(log, 13, 77);
        assertThat(claims(receiver.receiveSubtrees(wire)))
                .extracting(Claimed::leafIndex)
                .hasSize(36)
                .startsWith(0L, 1L)
                .endsWith(98L, 99L);
        assertThat(receiver.head().orElseThrow().size()).isEqualTo(100);
    }

    @Test
    void wrongHashesCondemnTheLogAtTheNextCheckpoint() {
        TestLog log = TestLog.of(8);
        FlightLogReceiver receiver = log.receiver();
        byte[] wire = new LeafSubtrees(0, 8, List.of(Digest.sha256())).wire();
        receiver.receiveSubtrees(wire);
        assertRejected(receiver.receiveCheckpoint(log.checkpoint()), LogRejection.ROOT_MISMATCH);
    }

    @Test
    void hashesAreTakenOnlyWhereTheFirstHoleIs() {
        TestLog log = TestLog.of(8);
        FlightLogReceiver receiver = log.receiver();
        receiver.receiveRecord(log.records.get(0));
        receiver.receiveRecord(log.records.get(4));
        assertRejected(receiver.receiveSubtrees(hashes(log, 0, 4)), LogRejection.DUPLICATE);
        assertRejected(receiver.receiveSubtrees(hashes(log, 1, 8)), LogRejection.DUPLICATE);
        assertThat(claims(receiver.receiveSubtrees(hashes(log, 1, 4)))).isEmpty();
        assertThat(receiver.acknowledgement().getNextLeafIndex()).isEqualTo(5);
    }

    @Test
    void aGapAfterTheClosingLeafCondemnsTheLog() {
        TestLog log = TestLog.of(1);
        log.append(TestLog.closed(5));
        log.append(TestLog.event(6, "after"));
        FlightLogReceiver receiver = log.receiver();
        receiver.receiveRecord(log.records.get(0));
        receiver.receiveRecord(log.records.get(1));
        receiver.receiveSubtrees(hashes(log, 2, 3));
        assertRejected(receiver.receiveCheckpoint(log.checkpoint()), LogRejection.INCONSISTENT);
    }

    @Test
    void saysOfEveryKnownLeafWhyItIsNotAttested() {
        TestLog log = TestLog.of(20);
        FlightLogReceiver receiver = log.receiver();
        assertThat(receiver.unattested()).isEmpty();
        take(receiver, log, 0, 3);
        assertThat(receiver.unattested()).containsExactly(leaves(0, 3, UnattestedReason.NO_CHECKPOINT_YET));
        take(receiver, log, 5, 7);
        take(receiver, log, 10, 11);
        assertThat(receiver.unattested())
                .containsExactly(
                        leaves(0, 3, UnattestedReason.NO_CHECKPOINT_YET),
                        leaves(3, 5, UnattestedReason.REQUESTED),
                        leaves(5, 7, UnattestedReason.BEHIND_HOLE),
                        leaves(7, 10, UnattestedReason.REQUESTED),
                        leaves(10, 11, UnattestedReason.BEHIND_HOLE));
        receiver.receiveCheckpoint(log.checkpoint());
        assertThat(receiver.unattested())
                .startsWith(leaves(0, 3, UnattestedReason.BEHIND_HOLE))
                .endsWith(leaves(11, 20, UnattestedReason.REQUESTED));
        receiver.receiveSubtrees(hashes(log, 3, 5));
        take(receiver, log, 7, 10);
        assertThat(receiver.unattested())
                .containsExactly(
                        leaves(0, 3, UnattestedReason.BEHIND_HOLE),
                        leaves(3, 5, UnattestedReason.HASH_ONLY),
                        leaves(5, 11, UnattestedReason.BEHIND_HOLE),
                        leaves(11, 20, UnattestedReason.REQUESTED));
        take(receiver, log, 11, 20);
        assertThat(receiver.unattested()).containsExactly(leaves(3, 5, UnattestedReason.HASH_ONLY));
    }

    @Test
    void saysThatTheAirframeKeptNothingOfWhatIsMissing() {
        TestLog log = TestLog.of(20);
        FlightLogReceiver receiver = log.receiver();
        take(receiver, log, 0, 3);
        take(receiver, log, 5, 20);
        receiver.receiveSubtrees(LeafSubtrees.goneWire(2, 5));
        assertThat(receiver.goneFromAirframe()).isFalse();
        receiver.receiveSubtrees(LeafSubtrees.goneWire(3, 5));
        assertThat(receiver.goneFromAirframe()).isTrue();
        assertThat(receiver.unattested())
                .containsExactly(
                        leaves(0, 3, UnattestedReason.NO_CHECKPOINT_YET),
                        leaves(3, 5, UnattestedReason.GONE_FROM_AIRFRAME),
                        leaves(5, 20, UnattestedReason.BEHIND_HOLE));
        take(receiver, log, 3, 4);
        assertThat(receiver.goneFromAirframe()).isFalse();
        assertRejected(receiver.receiveSubtrees(LeafSubtrees.goneWire(5, 5)), LogRejection.MALFORMED);
        assertRejected(receiver.receiveSubtrees(LeafSubtrees.goneWire(-1, 5)), LogRejection.MALFORMED);
    }

    @Test
    void saysThatACondemnedLogIsNotBelieved() {
        TestLog log = TestLog.of(8);
        FlightLogReceiver receiver = log.receiver();
        receiver.receiveRecord(log.records.get(0));
        receiver.receiveRecord(log.records.get(1));
        receiver.receiveRecord(log.records.get(4));
        receiver.receiveRecord(other(1));
        assertThat(receiver.unattested()).containsExactly(leaves(0, 5, UnattestedReason.LOG_CONDEMNED));
    }

    @Test
    void passedLeavesAreCountedInSoManyRangesAtMost() {
        PassedLeaves passed = new PassedLeaves();
        for (int i = 0; i < 100; i++) {
            passed.add(4L * i, 4L * i + 2);
        }
        assertThat(passed.ranges()).hasSize(64).endsWith(leaves(252, 398, UnattestedReason.HASH_ONLY));
        assertThat(passed.ranges().get(0).text()).isEqualTo("leaves 0 to 1: HASH_ONLY");
    }

    private static void take(FlightLogReceiver receiver, TestLog log, int from, int to) {
        log.records.subList(from, to).forEach(receiver::receiveRecord);
    }

    private static UnattestedLeaves leaves(long from, long to, UnattestedReason reason) {
        return new UnattestedLeaves(from, to, reason);
    }

    private static void assertCondemnedAtCheckpoint(TestLog log) {
        FlightLogReceiver receiver = log.receiver();
        log.records.forEach(receiver::receiveRecord);
        assertRejected(receiver.receiveCheckpoint(log.checkpoint()), LogRejection.INCONSISTENT);
        assertThat(receiver.head()).isEmpty();
    }

    private static FadingTree tree(TestLog log) {
        FadingTree tree = new FadingTree(16);
        log.records.forEach(record -> tree.append(MerkleHash.leaf(record).bytes(), 0));
        return tree;
    }

    private static byte[] hashes(TestLog log, long from, long to) {
        return LeafSubtrees.of(tree(log), from, to, LeafSubtrees.MOST_ROOTS)
                .orElseThrow()
                .wire();
    }

    private static byte[] other(long leafIndex) {
        return TelemetryRecord.newBuilder()
                .setLeafIndex(leafIndex)
                .addSamples(TestLog.event(1, "something else"))
                .build()
                .toByteArray();
    }

    private static LeafRange range(long from, long to) {
        return LeafRange.newBuilder().setFrom(from).setTo(to).build();
    }

    private static List<Claimed> claims(LogProgress progress) {
        assertThat(progress).isInstanceOf(LogProgress.Accepted.class);
        return ((LogProgress.Accepted) progress).claims();
    }

    private static void assertRejected(LogProgress progress, LogRejection reason) {
        assertThat(progress).isEqualTo(new LogProgress.Rejected(reason));
    }
}
