package io.kryla.factory.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kryla.factory.testline.Leaves;
import io.kryla.factory.testline.TestLicensor;
import io.kryla.factory.testline.TestLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every database below a ledger has to give. */
abstract class LineLedgerContract {
    @TempDir
    Path folder;

    private TestLine line;

    /** An empty one. */
    abstract LedgerDatabase database();

    @BeforeEach
    void openLine() {
        line = TestLine.withQuota(folder, database(), 3);
    }

    @AfterEach
    void closeLine() {
        line.close();
    }

    @Test
    void givesTheSameUnitForTheSameKeyAgain() {
        ClaimResult.Granted first = (ClaimResult.Granted) line.claim("A");
        ClaimResult.Granted again = (ClaimResult.Granted) line.claim("A");

        assertThat(first.resumed()).isFalse();
        assertThat(first.unit().serial()).isEqualTo("KRY08DE100001");
        assertThat(again.resumed()).isTrue();
        assertThat(again.unit()).isEqualTo(first.unit());
        assertThat(line.ledger.units()).hasSize(1);
    }

    @Test
    void refusesTheUnitAfterTheQuotaIsSpent() {
        line.claim("A");
        line.claim("B");
        line.claim("C");

        assertThat(refusal(line.claim("D"))).isEqualTo("QUOTA_EXHAUSTED");
        assertThat(line.claim("A")).isInstanceOf(ClaimResult.Granted.class);
    }

    @Test
    void suspectsACloneWhenHardwareAndKeyDoNotMatch() {
        line.claim("A");

        assertThat(refusal(line.ledger.claim(Leaves.digest("key X"), Leaves.digest("hardware A"), "card-1")))
                .isEqualTo("CLONE_SUSPECTED");
        assertThat(refusal(line.ledger.claim(Leaves.digest("key A"), Leaves.digest("hardware X"), "card-1")))
                .isEqualTo("CLONE_SUSPECTED");
        assertThat(line.ledger.units()).hasSize(1);
    }

    @Test
    void claimsNothingOutsideTheLicensesDates() {
        line.clock.set(TestLicensor.START.minusSeconds(1));
        assertThat(refusal(line.claim("A"))).isEqualTo("LICENSE_NOT_YET_VALID");

        line.clock.set(TestLicensor.START.plus(Duration.ofDays(366)));
        assertThat(refusal(line.claim("A"))).isEqualTo("LICENSE_EXPIRED");
    }

    @Test
    void claimsNothingWithoutALicense() {
        line.close();
        line = TestLine.in(folder.resolve("unlicensed"), database());

        assertThat(refusal(line.claim("A"))).isEqualTo("LICENSE_MISSING");
    }

    @Test
    void voidingFreesTheUnitButNeverTheSerial() {
        String serial = ((ClaimResult.Granted) line.claim("A")).unit().serial();
        line.claim("B");
        line.claim("C");

        assertThat(line.ledger.voidUnit(serial, "card-1", "CLAIM_ABANDONED", List.of()))
                .isInstanceOf(AppendResult.Appended.class);

        assertThat(refusal(line.claim("A"))).isEqualTo("BAD_STATE");
        ClaimResult sameBoard = line.ledger.claim(Leaves.digest("new key"), Leaves.digest("hardware A"), "card-1");
        assertThat(((ClaimResult.Granted) sameBoard).unit().serial()).isEqualTo("KRY08DE100004");
        assertThat(refusal(line.claim("D"))).isEqualTo("QUOTA_EXHAUSTED");
        assertThat(line.ledger.unit(serial).orElseThrow().state()).isEqualTo(UnitState.VOIDED);
    }

    @Test
    void voidsNoUnitAfterItsBirth() {
        String serial = line.bear("A");

        assertThat(refusal(line.ledger.voidUnit(serial, "card-1", "CLAIM_ABANDONED", List.of())))
                .isEqualTo("BAD_STATE");
    }

    @Test
    void takesStepsInTheirOrderOnlyAndAgainWithoutEffect() {
        String serial = ((ClaimResult.Granted) line.claim("A")).unit().serial();

        assertThat(refusal(line.ledger.advance(serial, UnitState.INSTALLED, "card-1", Map.of())))
                .isEqualTo("BAD_STATE");
        assertThat(line.ledger.advance(serial, UnitState.CERTIFIED, "card-1", Map.of("chain", bytes("first"))))
                .isInstanceOf(AdvanceResult.Advanced.class);
        assertThat(line.ledger.advance(serial, UnitState.CERTIFIED, "card-1", Map.of("chain", bytes("second"))))
                .isInstanceOf(AdvanceResult.Advanced.class);

        assertThat(line.ledger.document(serial, "chain")).contains(bytes("first"));
        assertThat(line.ledger.documentNames(serial)).containsExactly("chain");
        assertThat(line.ledger.journal(serial)).extracting(JournalEntry::step).containsExactly("CLAIMED", "CERTIFIED");
    }

    @Test
    void recordsABirthOfAnInstalledUnitOnly() {
        String serial = ((ClaimResult.Granted) line.claim("A")).unit().serial();

        assertThat(refusal(line.ledger.append(Leaves.born(serial, "A"), Map.of())))
                .isEqualTo("BAD_STATE");
        assertThat(line.ledger.size()).isZero();
    }

    @Test
    void recordsABirthOfTheClaimingKeyOnly() {
        String serial = line.install("A");

        assertThat(refusal(line.ledger.append(Leaves.born(serial, "B"), Map.of())))
                .isEqualTo("BAD_STATE");
        assertThat(line.ledger.unit(serial).orElseThrow().state()).isEqualTo(UnitState.INSTALLED);
    }

    @Test
    void followsAUnitFromClaimToHandover() {
        ByteString authorisation = line.admitExportAuthorisation(1);
        String serial = line.accept("A");
        assertThat(line.ledger.unit(serial).orElseThrow().state()).isEqualTo(UnitState.ACCEPTED);

        TestLine.append(line.ledger.append(
                Leaves.transfer(serial, "header", "entry 1", "DE-01", TestLicensor.CENTRE, authorisation), Map.of()));
        assertThat(line.ledger.unit(serial).orElseThrow().state()).isEqualTo(UnitState.HANDED_OVER);
        TestLine.append(line.ledger.append(
                Leaves.transfer(serial, "entry 1", "entry 2", TestLicensor.CENTRE, "user-1", authorisation), Map.of()));
        assertThat(line.ledger.unit(serial).orElseThrow().state()).isEqualTo(UnitState.TRANSFERRED);
        assertThat(line.ledger.leaves(serial))
                .extracting(leaf -> leaf.content().getEventCase().name())
                .containsExactly("BORN", "FLIGHT_OPENED", "FLIGHT_CLOSED", "ACCEPTED", "TRANSFER", "TRANSFER");
    }

    @Test
    void refusesWhatTheWitnessWouldRefuse() {
        String serial = line.bear("A");

        assertThat(refusal(line.ledger.append(Leaves.accepted(serial, 0), Map.of())))
                .isEqualTo("NOT_PASSED");
        assertThat(line.ledger.size()).isEqualTo(1);
    }

    @Test
    void findsEverythingAgainAfterReopening() {
        String serial = line.accept("A");
        line.ledger.cosign();
        var before = line.ledger.cosignedCheckpoint();
        long open = TestLine.append(line.ledger.openFlight(line.bear("B"), "card-1", Leaves.opening("open")));

        line.reopen();

        assertThat(line.ledger.unit(serial).orElseThrow().state()).isEqualTo(UnitState.ACCEPTED);
        assertThat(line.ledger.cosignedCheckpoint()).isEqualTo(before);
        assertThat(line.ledger.openFlight(line.ledger.leaf(open).content().getSerial()))
                .hasValue(open);
        assertThat(line.ledger.size()).isEqualTo(6);
    }

    @Test
    void keepsTimeFromRunningBackward() {
        line.bear("A");
        line.clock.set(TestLicensor.START);
        line.bear("B");

        assertThat(line.ledger.leaf(1).content().getRecordedAtUnixMillis())
                .isEqualTo(line.ledger.leaf(0).content().getRecordedAtUnixMillis());
    }

    static String refusal(Object result) {
        assertThat(result).isInstanceOf(Refused.class);
        return ((Refused) result).code();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
