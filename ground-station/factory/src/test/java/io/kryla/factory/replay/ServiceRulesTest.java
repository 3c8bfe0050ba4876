package io.kryla.factory.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kryla.factory.testline.Leaves;
import io.kryla.factory.testline.TestLicensor;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.Reworked;
import io.kryla.v1.Scrapped;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceRulesTest {
    private static final String A = "KRY08DE100001";
    private static final TestLicensor LICENSOR = new TestLicensor();

    private final LedgerReplay replay = new LedgerReplay(TestLicensor.ORIGIN);
    private long millis = TestLicensor.START.plusSeconds(60).toEpochMilli();

    @BeforeEach
    void bear() {
        replay.admit(LICENSOR.issue(LICENSOR.licenseFor(2).build()));
        assertThat(broken(Leaves.born(A, "A"))).isEmpty();
    }

    @Test
    void aScrappedUnitFliesNoMoreAndItsQuotaStaysSpent() {
        assertThat(broken(scrapped("CRASHED", "act", "approval"))).isEmpty();
        assertThat(broken(Leaves.opened(A, 1, "nonce"))).containsExactly(Rule.BAD_STATE);
        assertThat(broken(reworked(1, "REPAIRED"))).containsExactly(Rule.BAD_STATE);
        assertThat(broken(scrapped("CRASHED", "act", "approval"))).containsExactly(Rule.BAD_STATE);
        assertThat(replay.totals().licenses().get(0).born()).isEqualTo(1);
        assertThat(replay.unit(A).orElseThrow().scrapped()).isTrue();
    }

    @Test
    void scrapNamesTwoStatementsAndAReason() {
        assertThat(broken(scrapped("CRASHED", "act", "act"))).contains(Rule.MALFORMED_LEAF);
        assertThat(broken(scrapped("it broke", "act", "approval"))).contains(Rule.MALFORMED_LEAF);
        assertThat(broken(Leaves.leaf(A)
                        .setScrapped(Scrapped.newBuilder().setReason("CRASHED").setActSha256(Leaves.hash("act")))
                        .build()))
                .contains(Rule.MALFORMED_LEAF);
    }

    @Test
    void reworksCountFromOneAndSpendNothing() {
        assertThat(broken(reworked(2, "MOTOR_CHANGED"))).containsExactly(Rule.BAD_STATE);
        assertThat(broken(reworked(1, "MOTOR_CHANGED"))).isEmpty();
        assertThat(broken(reworked(1, "MOTOR_CHANGED"))).containsExactly(Rule.BAD_STATE);
        assertThat(broken(reworked(2, "ARM_CHANGED"))).isEmpty();
        assertThat(replay.unit(A).orElseThrow().reworks()).isEqualTo(2);
        assertThat(replay.totals().licenses().get(0).born()).isEqualTo(1);
    }

    @Test
    void nothingIsReworkedOrScrappedWhileAnAttemptIsOpen() {
        assertThat(broken(Leaves.opened(A, 1, "nonce"))).isEmpty();
        assertThat(broken(reworked(1, "MOTOR_CHANGED"))).containsExactly(Rule.BAD_STATE);
        assertThat(broken(scrapped("CRASHED", "act", "approval"))).containsExactly(Rule.BAD_STATE);
    }

    @Test
    void anUnbornUnitIsNeither() {
        LedgerLeaf unborn = scrapped("CRASHED", "act", "approval").toBuilder()
                .setSerial("KRY08DE100002")
                .build();
        assertThat(broken(unborn)).containsExactly(Rule.BAD_STATE);
    }

    @Test
    void aReworkWithoutAStatementIsMalformed() {
        assertThat(broken(Leaves.leaf(A)
                        .setReworked(Reworked.newBuilder()
                                .setRevision(1)
                                .setReason("MOTOR_CHANGED")
                                .setStatementSha256(ByteString.copyFromUtf8("short")))
                        .build()))
                .containsExactly(Rule.MALFORMED_LEAF);
    }

    private static LedgerLeaf scrapped(String reason, String act, String approval) {
        return Leaves.leaf(A)
                .setScrapped(Scrapped.newBuilder()
                        .setReason(reason)
                        .setActSha256(Leaves.hash(act))
                        .setApprovalSha256(Leaves.hash(approval)))
                .build();
    }

    private static LedgerLeaf reworked(int revision, String reason) {
        return Leaves.leaf(A)
                .setReworked(Reworked.newBuilder()
                        .setRevision(revision)
                        .setReason(reason)
                        .setStatementSha256(Leaves.hash("statement")))
                .build();
    }

    private List<Rule> broken(LedgerLeaf leaf) {
        return replay
                .append(leaf.toBuilder()
                        .setRecordedAtUnixMillis(++millis)
                        .build()
                        .toByteArray())
                .stream()
                .map(Finding::rule)
                .toList();
    }
}
