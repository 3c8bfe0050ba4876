package io.kryla.factory.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.testline.ForgedLedger;
import io.kryla.factory.testline.Leaves;
import io.kryla.factory.testline.SettableClock;
import io.kryla.factory.testline.TestLicensor;
import io.kryla.identity.CheckpointResult;
import io.kryla.identity.LedgerCheckpointVerifier;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.v1.FlightOutcome;
import io.kryla.v1.WitnessRefused;
import io.kryla.v1.WitnessRequest;
import io.kryla.v1.WitnessResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A witness against a line that signs whatever it likes with its genuine key. */
class WitnessTest {
    private static final String A = "KRY08DE100001";
    private static final String B = "KRY08DE100002";

    @TempDir
    Path folder;

    private final TestLicensor licensor = new TestLicensor();
    private final SettableClock clock = new SettableClock();
    private Witness witness;
    private ForgedLedger ledger;

    @BeforeEach
    void openWitness() {
        witness = Witness.open(folder, licensor.bundle, licensor.witnessKey, clock);
        ledger = new ForgedLedger(licensor, 3);
    }

    @AfterEach
    void closeWitness() {
        witness.close();
    }

    @Test
    void cosignsLeavesThatKeepTheRules() {
        ledger.add(Leaves.born(A, "A"));

        SignedCheckpoint cosigned = cosigned(ledger.request(0));

        assertThat(LedgerCheckpointVerifier.of(licensor.bundle).verifyCosigned(cosigned))
                .isEqualTo(new CheckpointResult.Cosigned(ledger.checkpoint(), clock.instant()));
    }

    @Test
    void refusesUnitFourUnderAQuotaOfThree() {
        for (int unit = 1; unit <= 3; unit++) {
            ledger.add(Leaves.born("KRY08DE10000" + unit, "unit " + unit));
        }
        cosigned(ledger.request(0));
        ledger.add(Leaves.born("KRY08DE100004", "unit 4"));

        WitnessRefused refused = refused(ledger.request(3));

        assertThat(refused.getCode()).isEqualTo("QUOTA_EXHAUSTED");
        assertThat(refused.getLeafIndex()).isEqualTo(3);
        assertThat(refused.getKnownSize()).isEqualTo(3);
    }

    @Test
    void cosignsWhatIsRightAfterItRefusedWhatIsWrong() {
        ledger.add(Leaves.born(A, "A"));
        cosigned(ledger.request(0));
        ForgedLedger honest = ledger.copy();
        ledger.add(Leaves.born(B, "A"));
        assertThat(refused(ledger.request(1)).getCode()).isEqualTo("DUPLICATE_KEY");

        honest.add(Leaves.born(B, "B"));

        assertThat(cosigned(honest.request(1)).checkpoint().size()).isEqualTo(2);
    }

    @Test
    void refusesAFork() {
        ForgedLedger fork = ledger.copy();
        ledger.add(Leaves.born(A, "A"));
        cosigned(ledger.request(0));
        fork.add(Leaves.born(B, "B"));
        fork.add(Leaves.born(A, "A"));

        assertThat(refused(fork.request(1)).getCode()).isEqualTo("INCONSISTENT");
    }

    @Test
    void refusesAForkOfTheSameSize() {
        ForgedLedger fork = ledger.copy();
        ledger.add(Leaves.born(A, "A"));
        cosigned(ledger.request(0));
        fork.add(Leaves.born(B, "B"));

        assertThat(refused(fork.request(1)).getCode()).isEqualTo("INCONSISTENT");
    }

    @Test
    void refusesARootThatIsNotOfTheLeavesSent() {
        ForgedLedger different = ledger.copy();
        ledger.add(Leaves.born(A, "A"));
        different.add(Leaves.born(B, "B"));
        WitnessRequest other = ledger.request(0).toBuilder()
                .setLeaves(0, different.leaves().get(0))
                .build();

        assertThat(refused(other).getCode()).isEqualTo("INCONSISTENT");
    }

    @Test
    void refusesARollback() {
        ledger.add(Leaves.born(A, "A"));
        ForgedLedger old = ledger.copy();
        ledger.add(Leaves.born(B, "B"));
        cosigned(ledger.request(0));

        assertThat(refused(old.request(1)).getCode()).isEqualTo("ROLLBACK");
    }

    @Test
    void remembersWhatItCosignedAfterARestart() {
        ledger.add(Leaves.born(A, "A"));
        ForgedLedger old = ledger.copy();
        ledger.add(Leaves.born(B, "B"));
        cosigned(ledger.request(0));
        witness.close();
        openWitnessAgain();

        assertThat(refused(old.request(1)).getCode()).isEqualTo("ROLLBACK");
        ledger.add(Leaves.born("KRY08DE100003", "B"));
        assertThat(refused(ledger.request(2)).getCode()).isEqualTo("DUPLICATE_KEY");
    }

    @Test
    void namesItsSizeToOneWhoStartsElsewhere() {
        ledger.add(Leaves.born(A, "A"));
        cosigned(ledger.request(0));
        ledger.add(Leaves.born(B, "B"));

        WitnessRefused refused = refused(ledger.request(0));

        assertThat(refused.getCode()).isEqualTo("STALE_SIZE");
        assertThat(refused.getKnownSize()).isEqualTo(1);
    }

    @Test
    void refusesASecondClosingOfAnAttempt() {
        ledger.add(Leaves.born(A, "A"));
        ledger.add(Leaves.opened(A, 1, "nonce"));
        ledger.add(Leaves.closed(A, 1, FlightOutcome.FLIGHT_OUTCOME_FAIL, 1));
        cosigned(ledger.request(0));
        ledger.add(Leaves.closed(A, 1, FlightOutcome.FLIGHT_OUTCOME_PASS, 2));

        assertThat(refused(ledger.request(3)).getCode()).isEqualTo("FLIGHT_ALREADY_CLOSED");
    }

    @Test
    void refusesASecondTransferFromTheSameEntry() {
        ByteString authorisation = ledger.authorise(2);
        ledger.addAccepted(A, "A");
        ledger.add(Leaves.transfer(A, "header", "entry", "DE-01", TestLicensor.CENTRE, authorisation));
        cosigned(ledger.request(0));
        ledger.add(Leaves.transfer(A, "header", "other", "DE-01", TestLicensor.CENTRE, authorisation));

        assertThat(refused(ledger.request(5)).getCode()).isEqualTo("DOUBLE_TRANSFER");
    }

    @Test
    void refusesALicenseThatOnePersonSigned() {
        ledger.add(Leaves.born(A, "A"));
        WitnessRequest request = ledger.request(0);
        WitnessRequest one = request.toBuilder()
                .setLicenses(0, request.getLicenses(0).toBuilder().removeSignatures(1))
                .build();

        assertThat(refused(one).getCode()).isEqualTo("THRESHOLD");
    }

    @Test
    void refusesBirthsUnderALicenseItWasNotShown() {
        ledger.add(Leaves.born(A, "A"));

        assertThat(refused(ledger.request(0).toBuilder().clearLicenses().build())
                        .getCode())
                .isEqualTo("LICENSE_UNKNOWN");
    }

    @Test
    void refusesCheckpointsOfForeignOrigin() {
        ledger.add(Leaves.born(A, "A"));
        WitnessRequest request = ledger.request(0);

        assertThat(refused(request.toBuilder()
                                .setCheckpoint(ledger.signedAs("elsewhere.example/log", licensor.ledgerKey))
                                .build())
                        .getCode())
                .isEqualTo("WRONG_ORIGIN");
    }

    @Test
    void refusesCheckpointsOfAnotherKey() {
        ledger.add(Leaves.born(A, "A"));
        WitnessRequest request = ledger.request(0);

        assertThat(refused(request.toBuilder()
                                .setCheckpoint(ledger.signedAs(TestLicensor.ORIGIN, licensor.foreignLedgerKey))
                                .build())
                        .getCode())
                .isEqualTo("BAD_NOTE");
    }

    @Test
    void refusesBytesThatAreNoRequest() throws Exception {
        for (byte[] hostile : new byte[][] {{}, {1, 2, 3}, new byte[WitnessLimits.LARGEST_REQUEST + 1]}) {
            assertThat(WitnessResponse.parseFrom(witness.exchange(hostile))
                            .getRefused()
                            .getCode())
                    .isEqualTo("MALFORMED");
        }
    }

    @Test
    void keepsNothingOfWhatItRefused() throws Exception {
        ledger.add(Leaves.accepted(A, 0));
        refused(ledger.request(0));

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly("witness.lock");
        }
    }

    @Test
    void cosignsNothingThatItCannotKeep() throws Exception {
        ledger.add(Leaves.born(A, "A"));
        Path inTheWay = folder.resolve(Leaves.digest(TestLicensor.ORIGIN).hex().substring(0, 16));
        Files.writeString(inTheWay, "");

        assertThatThrownBy(() -> witness.exchange(ledger.request(0).toByteArray()))
                .isInstanceOfSatisfying(
                        WitnessException.class, e -> assertThat(e.code()).isEqualTo("STORAGE_FAILED"));

        Files.delete(inTheWay);
        assertThat(cosigned(ledger.request(0)).checkpoint().size()).isEqualTo(1);
    }

    @Test
    void runsOnceOnAFolder() {
        assertThatThrownBy(() -> Witness.open(folder, licensor.bundle, licensor.witnessKey, clock))
                .isInstanceOfSatisfying(
                        WitnessException.class, e -> assertThat(e.code()).isEqualTo("WITNESS_BUSY"));
    }

    @Test
    void cosignsWithAKeyOfTheBundleOnly() {
        assertThatThrownBy(() -> Witness.open(folder.resolve("other"), licensor.bundle, licensor.ed25519(), clock))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void openWitnessAgain() {
        witness = Witness.open(folder, licensor.bundle, licensor.witnessKey, clock);
    }

    private SignedCheckpoint cosigned(WitnessRequest request) {
        WitnessResponse response = exchange(request);
        assertThat(response.getRefused()).isEqualTo(WitnessRefused.getDefaultInstance());
        return SignedCheckpoint.parse(response.getCosigned().getCheckpoint().toByteArray())
                .orElseThrow();
    }

    private WitnessRefused refused(WitnessRequest request) {
        WitnessResponse response = exchange(request);
        assertThat(response.hasRefused()).isTrue();
        return response.getRefused();
    }

    private WitnessResponse exchange(WitnessRequest request) {
        try {
            return WitnessResponse.parseFrom(witness.exchange(request.toByteArray()));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
