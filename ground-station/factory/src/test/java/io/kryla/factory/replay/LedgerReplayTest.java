package io.kryla.factory.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.kryla.factory.license.LicensorDesk;
import io.kryla.factory.license.VerifiedExportAuthorisation;
import io.kryla.factory.testline.Leaves;
import io.kryla.factory.testline.TestLicensor;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.VerifiedLicense;
import io.kryla.v1.AcceptanceLevel;
import io.kryla.v1.FlightOutcome;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.Voided;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each rule, broken once. */
class LedgerReplayTest {
    private static final String A = "KRY08DE100001";
    private static final String B = "KRY08DE100002";
    private static final TestLicensor LICENSOR = new TestLicensor();

    private final VerifiedLicense license =
            LICENSOR.issue(LICENSOR.licenseFor(2).build());
    private final LedgerReplay replay = new LedgerReplay(TestLicensor.ORIGIN);
    private Instant now = TestLicensor.START.plusSeconds(60);

    @BeforeEach
    void admitLicense() {
        replay.admit(license);
    }

    @Test
    void findsNothingInALedgerThatKeepsTheRules() {
        ByteString authorisation = authorise(1);
        accept(A, "A");
        assertThat(add(Leaves.transfer(A, "header", "entry 1", "DE-01", TestLicensor.CENTRE, authorisation)))
                .isEmpty();
        assertThat(add(Leaves.transfer(A, "entry 1", "entry 2", TestLicensor.CENTRE, "user-1", authorisation)))
                .isEmpty();

        assertThat(replay.findings()).isEmpty();
        Totals.LicenseTotals totals = replay.totals().licenses().get(0);
        assertThat(totals)
                .isEqualTo(new Totals.LicenseTotals(
                        TestLicensor.LICENSE_OID, "DE-01", 2, 1, 1, 1, Map.of("EUR", 150_000L)));
        assertThat(replay.unit(A).orElseThrow().holderId()).contains("user-1");
    }

    @Test
    void namesTheBirthBeyondTheQuotaAndCountsItAllTheSame() {
        add(Leaves.born(A, "A"));
        add(Leaves.born(B, "B"));

        assertThat(broken(Leaves.born("KRY08DE100003", "C"))).containsExactly(Rule.QUOTA_EXHAUSTED);

        assertThat(replay.findings()).extracting(Finding::leafIndex).containsExactly(2L);
        assertThat(replay.totals().licenses().get(0).born()).isEqualTo(3);
        assertThat(replay.totals().licenses().get(0).royaltyMinorUnits()).containsEntry("EUR", 450_000L);
        assertThat(broken(Leaves.opened("KRY08DE100003", 1, "nonce"))).isEmpty();
    }

    @Test
    void countsARaisedQuotaFromTheRevisionThatIsCited() {
        VerifiedLicense raised = LICENSOR.issue(
                LicensorDesk.nextRevision(license, LICENSOR.licenseFor(3).build()));
        replay.admit(raised);
        add(Leaves.born(A, "A"));
        add(Leaves.born(B, "B"));

        assertThat(broken(underRevision(2, Leaves.born("KRY08DE100003", "C")))).isEmpty();
        assertThat(broken(Leaves.born("KRY08DE100004", "D")))
                .containsExactly(Rule.LICENSE_ROLLBACK, Rule.QUOTA_EXHAUSTED);
    }

    @Test
    void findsForeignAndUnknownLicenses() {
        assertThat(broken(underRevision(7, Leaves.born(A, "A")))).containsExactly(Rule.LICENSE_UNKNOWN);
        assertThat(broken(change(
                        Leaves.born(A, "A"),
                        leaf -> leaf.getBornBuilder().setLicensePolicyOid(TestLicensor.FOREIGN_LICENSE_OID))))
                .containsExactly(Rule.LICENSE_UNKNOWN);
        assertThatThrownBy(() -> new LedgerReplay(TestLicensor.FOREIGN_ORIGIN).admit(license))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsBirthsOutsideTheLicensesDates() {
        now = TestLicensor.START.minusSeconds(1);
        assertThat(broken(Leaves.born(A, "A"))).containsExactly(Rule.LICENSE_EXPIRED);
        now = TestLicensor.START.plus(Duration.ofDays(366));
        assertThat(broken(Leaves.born(B, "B"))).containsExactly(Rule.LICENSE_EXPIRED);
    }

    @Test
    void findsSerialsThatAreNotTheLicenses() {
        assertThat(broken(Leaves.born("KRY08GB100001", "A"))).containsExactly(Rule.SERIAL_FOREIGN);
        assertThat(broken(Leaves.born("KRY08DE1", "B"))).containsExactly(Rule.SERIAL_FOREIGN);
    }

    @Test
    void findsWhatWasBornTwice() {
        add(Leaves.born(A, "A"));

        assertThat(broken(Leaves.born(A, "B"))).containsExactly(Rule.DUPLICATE_SERIAL);
        assertThat(broken(change(
                        Leaves.born(B, "B"), leaf -> leaf.getBornBuilder().setIdevidKeySha256(Leaves.hash("key A")))))
                .containsExactly(Rule.DUPLICATE_KEY);
        assertThat(broken(change(
                        Leaves.born(B, "B"),
                        leaf -> leaf.getBornBuilder().setHardwareIdSha256(Leaves.hash("hardware A")))))
                .containsExactly(Rule.CLONE_SUSPECTED);
    }

    @Test
    void keepsAVoidedSerialFromBeingBorn() {
        assertThat(broken(voided(A))).isEmpty();

        assertThat(broken(Leaves.born(A, "A"))).containsExactly(Rule.DUPLICATE_SERIAL);
        assertThat(broken(voided(A))).containsExactly(Rule.DUPLICATE_SERIAL);
    }

    @Test
    void findsAUnitVoidedAfterItsBirth() {
        add(Leaves.born(A, "A"));

        assertThat(broken(voided(A))).containsExactly(Rule.BAD_STATE);
    }

    @Test
    void findsFlightsOfUnitsThatDoNotFly() {
        assertThat(broken(Leaves.opened(A, 1, "nonce"))).containsExactly(Rule.BAD_STATE);
        accept(A, "A");
        assertThat(broken(Leaves.opened(A, 2, "other"))).containsExactly(Rule.BAD_STATE);
    }

    @Test
    void findsAnAttemptThatIsHiddenOrOpenedTwice() {
        add(Leaves.born(A, "A"));

        assertThat(broken(Leaves.opened(A, 2, "nonce 2"))).containsExactly(Rule.ATTEMPT_OUT_OF_ORDER);
        assertThat(broken(Leaves.opened(A, 2, "nonce 3"))).containsExactly(Rule.BAD_STATE);
    }

    @Test
    void findsANonceThatWasUsed() {
        add(Leaves.born(A, "A"));
        add(Leaves.born(B, "B"));
        add(Leaves.opened(A, 1, "nonce"));

        assertThat(broken(Leaves.opened(B, 1, "nonce"))).containsExactly(Rule.NONCE_REUSED);
    }

    @Test
    void findsClosingsWithoutTheirOpening() {
        add(Leaves.born(A, "A"));
        add(Leaves.born(B, "B"));
        add(Leaves.opened(A, 1, "nonce"));

        assertThat(broken(Leaves.closed(A, 0, FlightOutcome.FLIGHT_OUTCOME_PASS, 1)))
                .containsExactly(Rule.FLIGHT_NOT_OPENED);
        assertThat(broken(Leaves.closed(B, 2, FlightOutcome.FLIGHT_OUTCOME_PASS, 1)))
                .containsExactly(Rule.FLIGHT_NOT_OPENED);
    }

    @Test
    void findsASecondClosingOfAnAttempt() {
        add(Leaves.born(A, "A"));
        add(Leaves.opened(A, 1, "nonce"));
        add(Leaves.closed(A, 1, FlightOutcome.FLIGHT_OUTCOME_FAIL, 1));

        assertThat(broken(Leaves.closed(A, 1, FlightOutcome.FLIGHT_OUTCOME_PASS, 2)))
                .containsExactly(Rule.FLIGHT_ALREADY_CLOSED);
    }

    @Test
    void findsAFlightLogThatIsOfferedForASecondAttempt() {
        add(Leaves.born(A, "A"));
        add(Leaves.opened(A, 1, "nonce 1"));
        add(Leaves.closed(A, 1, FlightOutcome.FLIGHT_OUTCOME_FAIL, 1));
        add(Leaves.opened(A, 2, "nonce 2"));

        assertThat(broken(Leaves.closed(A, 3, FlightOutcome.FLIGHT_OUTCOME_PASS, 1)))
                .containsExactly(Rule.FLIGHT_REUSED);
    }

    @Test
    void acceptsAttemptsThatPassedOnly() {
        add(Leaves.born(A, "A"));
        add(Leaves.opened(A, 1, "nonce"));
        add(Leaves.closed(A, 1, FlightOutcome.FLIGHT_OUTCOME_FAIL, 1));

        assertThat(broken(Leaves.accepted(A, 2))).containsExactly(Rule.NOT_PASSED);
        assertThat(broken(Leaves.accepted(B, 2))).containsExactly(Rule.BAD_STATE);
    }

    @Test
    void acceptsTheLastAttemptOnlyAndNoneWhileOneIsOpen() {
        add(Leaves.born(A, "A"));
        add(Leaves.opened(A, 1, "nonce 1"));
        add(Leaves.closed(A, 1, FlightOutcome.FLIGHT_OUTCOME_PASS, 1));
        add(Leaves.opened(A, 2, "nonce 2"));
        assertThat(broken(Leaves.accepted(A, 2))).containsExactly(Rule.BAD_STATE);
        add(Leaves.closed(A, 3, FlightOutcome.FLIGHT_OUTCOME_FAIL, 2));

        assertThat(broken(Leaves.accepted(A, 2))).containsExactly(Rule.NOT_PASSED);
    }

    @Test
    void findsALevelThatWasNotFlown() {
        add(Leaves.born(A, "A"));
        add(Leaves.opened(A, 1, "nonce"));
        add(Leaves.closed(A, 1, FlightOutcome.FLIGHT_OUTCOME_PASS, 1));

        assertThat(broken(change(
                        Leaves.accepted(A, 2),
                        leaf -> leaf.getAcceptedBuilder().setLevel(AcceptanceLevel.ACCEPTANCE_LEVEL_BOARD))))
                .containsExactly(Rule.LEVEL_MISMATCH);
    }

    @Test
    void findsALevelBelowTheLicenses() {
        LedgerReplay strict = new LedgerReplay(TestLicensor.ORIGIN);
        strict.admit(LICENSOR.issue(LICENSOR.licenseFor(2)
                .setMinimumAcceptanceLevel(AcceptanceLevel.ACCEPTANCE_LEVEL_SITL)
                .build()));
        for (LedgerLeaf leaf : List.of(
                Leaves.born(A, "A"),
                Leaves.opened(A, 1, "nonce"),
                Leaves.closed(A, 1, FlightOutcome.FLIGHT_OUTCOME_PASS, 1))) {
            assertThat(strict.append(at(now, leaf))).isEmpty();
        }

        assertThat(strict.append(at(now, Leaves.accepted(A, 2))))
                .extracting(Finding::rule)
                .containsExactly(Rule.LEVEL_MISMATCH);
    }

    @Test
    void findsTransfersBeforeAcceptance() {
        ByteString authorisation = authorise(1);
        add(Leaves.born(A, "A"));

        assertThat(broken(Leaves.transfer(A, "header", "entry", "DE-01", TestLicensor.CENTRE, authorisation)))
                .containsExactly(Rule.BAD_STATE);
    }

    @Test
    void findsASecondTransferFromTheSameEntryAndOneThatContinuesNothing() {
        ByteString authorisation = authorise(1);
        accept(A, "A");
        add(Leaves.transfer(A, "header", "entry 1", "DE-01", TestLicensor.CENTRE, authorisation));

        assertThat(broken(Leaves.transfer(A, "header", "entry 2", "DE-01", TestLicensor.CENTRE, authorisation)))
                .containsExactly(Rule.DOUBLE_TRANSFER);
        assertThat(broken(Leaves.transfer(A, "entry 9", "entry 2", TestLicensor.CENTRE, "user", authorisation)))
                .containsExactly(Rule.VOUCHER_BROKEN);
    }

    @Test
    void findsAGiverWhoDoesNotHoldTheUnit() {
        ByteString authorisation = authorise(1);
        accept(A, "A");
        add(Leaves.transfer(A, "header", "entry 1", "DE-01", TestLicensor.CENTRE, authorisation));

        assertThat(broken(Leaves.transfer(A, "entry 1", "entry 2", "someone", "user", authorisation)))
                .containsExactly(Rule.VOUCHER_BROKEN);
    }

    @Test
    void spendsAnAuthorisationOnceAUnitAndNoFurtherThanItsQuantity() {
        ByteString authorisation = authorise(1);
        accept(A, "A");
        accept(B, "B");
        add(Leaves.transfer(A, "header A", "entry A", "DE-01", TestLicensor.CENTRE, authorisation));

        assertThat(broken(Leaves.transfer(B, "header B", "entry B", "DE-01", TestLicensor.CENTRE, authorisation)))
                .containsExactly(Rule.AUTHORISATION_EXHAUSTED);
    }

    @Test
    void findsExportsWithoutWithAForeignOrWithAnOldAuthorisation() {
        accept(A, "A");
        assertThat(broken(Leaves.transfer(
                        A, "header", "entry", "DE-01", TestLicensor.CENTRE, Leaves.hash("no authorisation"))))
                .containsExactly(Rule.AUTHORISATION_UNKNOWN);
        ByteString authorisation = authorise(5);
        accept(B, "B");
        assertThat(broken(Leaves.transfer(B, "header B", "entry B", "DE-01", "elsewhere", authorisation)))
                .containsExactly(Rule.AUTHORISATION_CENTRE);
    }

    @Test
    void findsExportsAfterTheAuthorisationsEnd() {
        ByteString authorisation = authorise(1);
        accept(A, "A");
        now = TestLicensor.START.plus(Duration.ofDays(201));

        assertThat(broken(Leaves.transfer(A, "header", "entry", "DE-01", TestLicensor.CENTRE, authorisation)))
                .containsExactly(Rule.AUTHORISATION_EXPIRED);
    }

    @Test
    void findsTimeThatRunsBackward() {
        add(Leaves.born(A, "A"));
        now = now.minusMillis(1);

        assertThat(broken(Leaves.born(B, "B"))).containsExactly(Rule.TIME_BACKWARD);
    }

    @Test
    void findsBytesThatAreNoLeaf() {
        for (byte[] hostile : new byte[][] {
            {},
            {1, 2, 3},
            new byte[5000],
            LedgerLeaf.newBuilder().setSerial(A).setActorId("card-1").build().toByteArray()
        }) {
            assertThat(replay.append(hostile)).extracting(Finding::rule).contains(Rule.MALFORMED_LEAF);
        }
        assertThat(replay.size()).isEqualTo(4);
    }

    @Test
    void findsHashesOfAnotherLength() {
        assertThat(broken(change(
                        Leaves.born(A, "A"),
                        leaf -> leaf.getBornBuilder().setFirmwareSha256(ByteString.copyFrom(new byte[31])))))
                .containsExactly(Rule.MALFORMED_LEAF);
        assertThat(replay.unit(A)).isEmpty();
    }

    @Test
    void judgingChangesNothing() {
        byte[] leaf = at(now, Leaves.born(A, "A"));

        assertThat(replay.judge(leaf)).isEmpty();
        assertThat(replay.judge(leaf)).isEmpty();
        assertThat(replay.size()).isZero();
    }

    private interface Change {
        void to(LedgerLeaf.Builder leaf);
    }

    private static LedgerLeaf change(LedgerLeaf leaf, Change change) {
        LedgerLeaf.Builder changed = leaf.toBuilder();
        change.to(changed);
        return changed.build();
    }

    private static LedgerLeaf underRevision(long revision, LedgerLeaf born) {
        return change(born, leaf -> leaf.getBornBuilder().setLicenseRevision(revision));
    }

    private static LedgerLeaf voided(String serial) {
        return Leaves.leaf(serial)
                .setVoided(Voided.newBuilder()
                        .setLicensePolicyOid(TestLicensor.LICENSE_OID)
                        .setHardwareIdSha256(Leaves.hash("hardware"))
                        .setIdevidKeySha256(Leaves.hash("key"))
                        .setReason("CLAIM_ABANDONED"))
                .build();
    }

    private ByteString authorise(int quantity) {
        VerifiedExportAuthorisation verified = ((DocumentResult.Verified<VerifiedExportAuthorisation>)
                        VerifiedExportAuthorisation.open(LICENSOR.bundle, LICENSOR.exportAuthorisation(quantity)))
                .document();
        replay.admit(verified);
        return ByteString.copyFrom(verified.payloadSha256().bytes());
    }

    private void accept(String serial, String name) {
        long first = replay.size();
        assertThat(add(Leaves.born(serial, name))).isEmpty();
        assertThat(add(Leaves.opened(serial, 1, "nonce of " + name))).isEmpty();
        assertThat(add(Leaves.closed(serial, first + 1, FlightOutcome.FLIGHT_OUTCOME_PASS, 1)))
                .isEmpty();
        assertThat(add(Leaves.accepted(serial, first + 2))).isEmpty();
    }

    private List<Finding> add(LedgerLeaf leaf) {
        return replay.append(at(now, leaf));
    }

    private List<Rule> broken(LedgerLeaf leaf) {
        return add(leaf).stream().map(Finding::rule).collect(Collectors.toList());
    }

    private static byte[] at(Instant time, LedgerLeaf leaf) {
        return leaf.toBuilder()
                .setRecordedAtUnixMillis(time.toEpochMilli())
                .build()
                .toByteArray();
    }
}
