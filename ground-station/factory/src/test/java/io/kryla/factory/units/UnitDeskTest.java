package io.kryla.factory.units;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.factory.birth.BenchAirframe;
import io.kryla.factory.birth.BirthLine;
import io.kryla.factory.ledger.AppendResult;
import io.kryla.factory.ledger.UnitState;
import io.kryla.factory.operators.Badge;
import io.kryla.factory.operators.BadgeDesk;
import io.kryla.factory.operators.BadgeRegister;
import io.kryla.factory.operators.BadgeStore;
import io.kryla.factory.operators.SignOnResult;
import io.kryla.factory.provisioning.ConversationLink;
import io.kryla.factory.testline.Leaves;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.Role;
import io.kryla.keys.KrylaException;
import io.kryla.keys.Signer;
import io.kryla.v1.StepResult;
import io.kryla.v1.StepStatement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnitDeskTest {
    private static final String LINE = "DE-01";
    private static final String ANNA = "0000000000000000000000000000000a";
    private static final String BORIS = "0000000000000000000000000000000b";

    private BirthLine line;
    private BadgeDesk badges;
    private UnitDesk desk;

    @BeforeEach
    void open(@TempDir Path folder) {
        line = BirthLine.in(folder, 2);
        badges = new BadgeDesk(
                LINE,
                line.licensor.operationsCa,
                line.licensor.bundle,
                () -> new CrlSet(line.crls(), CrlProfile.LINE, line.line.clock.instant()),
                new StoreInMemory(),
                line.line.clock,
                line.licensor.random);
        desk = new UnitDesk(line.line.ledger, badges);
    }

    @AfterEach
    void close() {
        line.close();
    }

    @Test
    void aUnitSetAsideIsNotProvisionedUntilItIsReleased() {
        BenchAirframe airframe = line.board("A");
        String serial = cutOff(airframe);
        assertThat(act(UnitAct.QUARANTINE, serial, "SMELLS", person("card-1", ANNA, Role.TECHNICIAN)))
                .isInstanceOfSatisfying(
                        UnitActResult.Done.class,
                        done -> assertThat(done.state()).isEqualTo(UnitState.QUARANTINED));
        assertThat(line.provision(airframe))
                .isInstanceOfSatisfying(
                        ProvisioningOutcome.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("QUARANTINED"));

        act(UnitAct.RELEASE, serial, "LOOKED_AT", person("card-2", BORIS, Role.QUALITY));
        assertThat(line.provision(airframe)).isInstanceOf(ProvisioningOutcome.Born.class);
    }

    @Test
    void aUnitSetAsideAfterItsBirthDoesNotFly() {
        String serial = line.born(line.board("A"));
        act(UnitAct.QUARANTINE, serial, "SMELLS", person("card-1", ANNA, Role.TESTER));
        AppendResult flight = line.line.ledger.openFlight(serial, "station-1", Leaves.opening("nonce"));
        assertThat(flight)
                .isInstanceOfSatisfying(
                        io.kryla.factory.ledger.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("BAD_STATE"));
        act(UnitAct.RELEASE, serial, "LOOKED_AT", person("card-2", BORIS, Role.QUALITY));
        assertThat(line.line.ledger.openFlight(serial, "station-1", Leaves.opening("nonce")))
                .isInstanceOf(AppendResult.Appended.class);
    }

    @Test
    void qualityAloneReleases() {
        String serial = line.born(line.board("A"));
        act(UnitAct.QUARANTINE, serial, "SMELLS", person("card-1", ANNA, Role.TECHNICIAN));
        assertRefused(act(UnitAct.RELEASE, serial, "LOOKED_AT", person("card-3", ANNA, Role.TECHNICIAN)), "POLICY");
        assertThat(line.line.ledger.unit(serial).orElseThrow().state()).isEqualTo(UnitState.QUARANTINED);
    }

    @Test
    void scrapNeedsTwoPersonsAndOnePersonWithTwoCardsIsOne() {
        String serial = line.born(line.board("A"));
        assertRefused(act(UnitAct.SCRAP, serial, "CRASHED", person("card-1", ANNA, Role.ENGINEER)), "THRESHOLD");
        assertRefused(
                scrap(serial, person("card-2", ANNA, Role.ENGINEER), person("card-3", ANNA, Role.QUALITY)),
                "SAME_PERSON");
        assertThat(line.line.ledger.unit(serial).orElseThrow().state()).isEqualTo(UnitState.BORN);

        assertThat(scrap(serial, person("card-4", ANNA, Role.ENGINEER), person("card-5", BORIS, Role.QUALITY)))
                .isInstanceOfSatisfying(UnitActResult.Done.class, done -> {
                    assertThat(done.state()).isEqualTo(UnitState.SCRAPPED);
                    assertThat(done.leafIndex()).hasValue(1);
                });
        assertThat(line.line.ledger.documentNames(serial))
                .contains("act-001-scrap.dsse", "act-001-scrap-approval.dsse");
        // The unit of the quota stays spent: one more is left, and no second.
        line.born(line.board("B"));
        assertThat(line.provision(line.board("C")))
                .isInstanceOfSatisfying(
                        ProvisioningOutcome.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("QUOTA_EXHAUSTED"));
    }

    @Test
    void aUnitGivenUpBeforeItsBirthFreesItsQuotaAndNamesItsCertificate() {
        String serial = cutOff(line.board("A"));
        act(UnitAct.VOID, serial, "CLAIM_ABANDONED", person("card-1", ANNA, Role.ENGINEER));
        assertThat(line.line.ledger.leaf(0).content().getVoided().getIdevidCertificateSha256Count())
                .isEqualTo(1);
        line.born(line.board("B"));
        line.born(line.board("C"));
    }

    @Test
    void aBornUnitIsNotGivenUp() {
        String serial = line.born(line.board("A"));
        assertRefused(act(UnitAct.VOID, serial, "CLAIM_ABANDONED", person("card-1", ANNA, Role.ENGINEER)), "BAD_STATE");
    }

    @Test
    void reworksAreNumbered() {
        String serial = line.born(line.board("A"));
        act(UnitAct.REWORK, serial, "MOTOR_CHANGED", person("card-1", ANNA, Role.TECHNICIAN));
        act(UnitAct.REWORK, serial, "ARM_CHANGED", person("card-2", BORIS, Role.ENGINEER));
        assertThat(line.line.ledger.reworks(serial)).isEqualTo(2);
        assertThat(line.line.ledger.unit(serial).orElseThrow().state()).isEqualTo(UnitState.BORN);
    }

    @Test
    void aStatementWithAnotherReasonIsNoStatement() {
        String serial = line.born(line.board("A"));
        Person person = person("card-1", ANNA, Role.TECHNICIAN);
        UnitDesk.Signed signed = person.signed(UnitAct.REWORK, serial, "MOTOR_CHANGED", StepResult.STEP_RESULT_DONE);
        assertRefused(desk.act(UnitAct.REWORK, serial, "ARM_CHANGED", signed, Optional.empty()), "WRONG_STEP");
        assertThat(line.line.ledger.reworks(serial)).isZero();
    }

    private static void assertRefused(UnitActResult result, String code) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        UnitActResult.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    /** Certified, and no further. */
    private String cutOff(BenchAirframe airframe) {
        try {
            airframe.start()
                    .provision(ConversationLink.to(
                                    line.provisioning(), airframe.identityKey().key())
                            .cutAfter(5));
        } catch (KrylaException cut) {
            assertThat(cut.retryable()).isTrue();
        }
        var unit = line.line.ledger.units().get(0);
        assertThat(unit.state()).isEqualTo(UnitState.CERTIFIED);
        return unit.serial();
    }

    private UnitActResult act(UnitAct act, String serial, String reason, Person person) {
        return desk.act(
                act, serial, reason, person.signed(act, serial, reason, StepResult.STEP_RESULT_DONE), Optional.empty());
    }

    private UnitActResult scrap(String serial, Person first, Person second) {
        return desk.act(
                UnitAct.SCRAP,
                serial,
                "CRASHED",
                first.signed(UnitAct.SCRAP, serial, "CRASHED", StepResult.STEP_RESULT_DONE),
                Optional.of(second.signed(UnitAct.SCRAP, serial, "CRASHED", StepResult.STEP_RESULT_APPROVED)));
    }

    private Person person(String card, String personId, Role role) {
        Signer key = line.licensor.p256();
        badges.enrol(
                card,
                personId,
                key.key(),
                Set.of(role),
                line.line.clock.instant().plus(Duration.ofDays(30)));
        return new Person(Badge.of(key), role);
    }

    private final class Person {
        private final Badge badge;
        private final Role role;

        Person(Badge badge, Role role) {
            this.badge = badge;
            this.role = role;
        }

        UnitDesk.Signed signed(UnitAct act, String serial, String reason, StepResult outcome) {
            byte[] forSignOn = badges.challenge();
            SignOnResult.SignedOn shift = (SignOnResult.SignedOn)
                    badges.signOn(badge.requestSignOn(LINE, role, forSignOn), forSignOn, Duration.ofHours(1));
            byte[] challenge = badges.challenge();
            return new UnitDesk.Signed(
                    badge.signedOn(shift.chain())
                            .sign(StepStatement.newBuilder()
                                    .setLine(LINE)
                                    .setSerial(serial)
                                    .setStep(act.step())
                                    .setResult(outcome)
                                    .setAtUnixMillis(line.line.clock.instant().toEpochMilli())
                                    .setSubjectSha256(ByteString.copyFrom(
                                            UnitDesk.subject(reason).bytes()))
                                    .setChallenge(ByteString.copyFrom(challenge))
                                    .build()),
                    challenge);
        }
    }

    private static final class StoreInMemory implements BadgeStore {
        private BadgeRegister register = BadgeRegister.empty(LINE);

        @Override
        public synchronized BadgeRegister read() {
            return register;
        }

        @Override
        public synchronized BadgeRegister change(UnaryOperator<BadgeRegister> change) {
            register = change.apply(register);
            return register;
        }
    }
}
