package io.kryla.factory.operators;

import static io.kryla.factory.operators.BadgeBench.LINE;
import static io.kryla.factory.operators.BadgeBench.SERIAL;
import static io.kryla.factory.operators.BadgeBench.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.pki.Revocation;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.CertifiedEnvelope;
import io.kryla.identity.Role;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.Signer;
import io.kryla.v1.Envelope;
import io.kryla.v1.StepResult;
import io.kryla.v1.StepStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class BadgeDeskTest {
    private final BadgeBench bench = new BadgeBench();
    private final BadgeDesk desk = bench.desk;
    private final String person = desk.newPersonId();
    private final Badge badge = bench.enrolled("card-1", person, Role.TECHNICIAN, Role.TESTER);

    @Test
    void aShiftBeginsWithTheBadgeAndAStepIsSignedWithIt() {
        SignedOnBadge technician = bench.signedOn(badge, Role.TECHNICIAN);
        byte[] challenge = desk.challenge();
        Envelope signed = technician.sign(bench.statement("calibrate.level", StepResult.STEP_RESULT_PASSED, challenge)
                .build());

        StatementResult.Verified verified =
                (StatementResult.Verified) bench.judge(signed, "calibrate.level", challenge, Role.TECHNICIAN);

        assertThat(verified.operator()).isEqualTo(new Operator("card-1", person, Role.TECHNICIAN));
        assertThat(verified.content().getSerial()).isEqualTo(SERIAL);
        assertThat(verified.envelope()).isEqualTo(signed);
    }

    @Test
    void aCertificateLivesTwentyFourHoursAtMostAndNoLongerThanTheCard() {
        byte[] challenge = desk.challenge();
        SignOnResult longest =
                desk.signOn(badge.requestSignOn(LINE, Role.TESTER, challenge), challenge, BadgeDesk.LONGEST_SHIFT);
        var leaf = ((SignOnResult.SignedOn) longest).chain().leaf();
        assertThat(Duration.between(
                        leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant()))
                .isEqualTo(Duration.ofHours(24));

        Signer key = bench.licensor.p256();
        Instant soon = bench.clock.instant().plusSeconds(600);
        desk.enrol("card-short", desk.newPersonId(), key.key(), Set.of(Role.QUALITY), soon);
        assertThat(bench.chain(Badge.of(key), Role.QUALITY).leaf().getNotAfter().toInstant())
                .isEqualTo(soon);
        assertThatThrownBy(() ->
                        desk.signOn(badge.requestSignOn(LINE, Role.TESTER, challenge), challenge, Duration.ofHours(25)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesASignOnOfAStrangerInAnotherRoleOrToAnotherChallenge() {
        Badge stranger = Badge.of(bench.licensor.p256());
        assertThat(code(bench.signOn(stranger, Role.TECHNICIAN))).isEqualTo("BADGE_UNKNOWN");
        assertThat(code(bench.signOn(badge, Role.QUALITY))).isEqualTo("ROLE_NOT_HELD");
        assertThat(code(bench.signOn(badge, Role.STATION))).isEqualTo("ROLE_NOT_HELD");

        Envelope replayed = badge.requestSignOn(LINE, Role.TECHNICIAN, desk.challenge());
        assertThat(code(desk.signOn(replayed, desk.challenge(), Duration.ofHours(1))))
                .isEqualTo("CHALLENGE_EXPIRED");
        byte[] challenge = desk.challenge();
        assertThat(code(desk.signOn(
                        badge.requestSignOn("GB-01", Role.TECHNICIAN, challenge), challenge, Duration.ofHours(1))))
                .isEqualTo("CHALLENGE_EXPIRED");
        byte[] none = new byte[0];
        assertThat(code(desk.signOn(badge.requestSignOn(LINE, Role.TECHNICIAN, none), none, Duration.ofHours(1))))
                .isEqualTo("CHALLENGE_EXPIRED");
    }

    @Test
    void refusesAnAlteredSignOnAndAnotherDocument() {
        byte[] challenge = desk.challenge();
        Envelope request = badge.requestSignOn(LINE, Role.TECHNICIAN, challenge);
        Envelope altered = request.toBuilder()
                .setPayload(badge.requestSignOn(LINE, Role.TESTER, challenge).getPayload())
                .build();
        assertThat(code(desk.signOn(altered, challenge, Duration.ofHours(1)))).isEqualTo("BAD_SIGNATURE");
        Envelope other =
                request.toBuilder().setPayloadType(PayloadType.STEP_STATEMENT).build();
        assertThat(code(desk.signOn(other, challenge, Duration.ofHours(1)))).isEqualTo("WRONG_TYPE");
        assertThat(code(desk.signOn(Envelope.getDefaultInstance(), challenge, Duration.ofHours(1))))
                .isEqualTo("BADGE_UNKNOWN");
    }

    @Test
    void aBadgeThatWasTakenBackOrHasEndedOpensNoShift() {
        desk.revoke("card-1");
        assertThat(code(bench.signOn(badge, Role.TECHNICIAN))).isEqualTo("BADGE_REVOKED");

        Badge other = bench.enrolled("card-2", desk.newPersonId(), Role.TECHNICIAN);
        bench.clock.set(bench.clock.instant().plus(Duration.ofDays(365)));
        assertThat(code(bench.signOn(other, Role.TECHNICIAN))).isEqualTo("BADGE_EXPIRED");
    }

    @Test
    void whatABadgeSignsAfterItWasTakenBackDoesNotCount() {
        SignedOnBadge technician = bench.signedOn(badge, Role.TECHNICIAN);
        byte[] challenge = desk.challenge();
        Envelope signed = technician.sign(bench.statement("solder", StepResult.STEP_RESULT_DONE, challenge)
                .build());
        desk.revoke("card-1");

        assertThat(code(bench.judge(signed, "solder", challenge, Role.TECHNICIAN)))
                .isEqualTo("BADGE_REVOKED");
    }

    @Test
    void aLostBadgesCertificateIsRefusedByWhoeverHasTheList() {
        SignedOnBadge technician = bench.signedOn(badge, Role.TECHNICIAN);
        byte[] challenge = desk.challenge();
        Envelope signed = technician.sign(bench.statement("solder", StepResult.STEP_RESULT_DONE, challenge)
                .build());
        Card lost = desk.revoke("card-1").orElseThrow();
        Instant now = bench.clock.instant();
        bench.crls.add(bench.licensor.operationsCa.nextRevocationList(
                bench.crls.get(2),
                now,
                now.plus(Duration.ofDays(30)),
                lost.certificates().keySet().stream()
                        .map(serial -> new Revocation(serial, now, Revocation.Reason.KEY_COMPROMISE))
                        .toList()));

        assertThat(code(bench.judge(signed, "solder", challenge, Role.TECHNICIAN)))
                .isEqualTo("REVOKED");
    }

    @Test
    void refusesAStatementOfAnotherRoleStepUnitOrChallenge() {
        SignedOnBadge technician = bench.signedOn(badge, Role.TECHNICIAN);
        byte[] challenge = desk.challenge();
        Envelope signed = technician.sign(bench.statement("solder", StepResult.STEP_RESULT_DONE, challenge)
                .build());

        assertThat(code(bench.judge(signed, "solder", challenge, Role.QUALITY))).isEqualTo("POLICY");
        assertThat(code(bench.judge(signed, "glue", challenge, Role.TECHNICIAN)))
                .isEqualTo("WRONG_STEP");
        assertThat(code(desk.judge(signed, Set.of(Role.TECHNICIAN), "KRY08DE100002", "solder", challenge)))
                .isEqualTo("WRONG_STEP");
        assertThat(code(bench.judge(signed, "solder", desk.challenge(), Role.TECHNICIAN)))
                .isEqualTo("CHALLENGE_EXPIRED");
        assertThat(bench.judge(signed, "solder", challenge, Role.TECHNICIAN, Role.QUALITY))
                .isInstanceOf(StatementResult.Verified.class);
        assertThatThrownBy(() -> bench.judge(signed, "solder", challenge, Role.STATION))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAStatementThatIsIncompleteForeignOrOfAnotherTime() {
        List<UnaryOperator<StepStatement.Builder>> malformed = List.of(
                content -> content.setStep(""),
                content -> content.setStep("Solder now"),
                content -> content.setSerial("../x"),
                content -> content.setResult(StepResult.STEP_RESULT_UNSPECIFIED),
                content -> content.setResultValue(77),
                content -> content.setSubjectSha256(ByteString.copyFromUtf8("short")),
                content -> content.setChallenge(ByteString.EMPTY),
                content -> content.setChallenge(ByteString.copyFrom(new byte[65])));
        for (UnaryOperator<StepStatement.Builder> spoil : malformed) {
            assertThat(codeOf(spoil)).isEqualTo("MALFORMED");
        }
        assertThat(codeOf(content -> content.setLine("GB-01"))).isEqualTo("FOREIGN");
        long now = bench.clock.instant().toEpochMilli();
        assertThat(codeOf(content ->
                        content.setAtUnixMillis(now - Duration.ofHours(1).toMillis())))
                .isEqualTo("STATEMENT_TIME");
        assertThat(codeOf(content ->
                        content.setAtUnixMillis(now + Duration.ofHours(11).toMillis())))
                .isEqualTo("STATEMENT_TIME");
    }

    private String codeOf(UnaryOperator<StepStatement.Builder> spoil) {
        SignedOnBadge technician = bench.signedOn(badge, Role.TECHNICIAN);
        byte[] challenge = desk.challenge();
        StepStatement.Builder content = bench.statement("solder", StepResult.STEP_RESULT_DONE, challenge);
        return code(bench.judge(technician.sign(spoil.apply(content).build()), "solder", challenge, Role.TECHNICIAN));
    }

    @Test
    void aCertificateThatNamesAnotherLineDoesNotCountHere() {
        Signer key = bench.licensor.p256();
        var elsewhere = io.kryla.factory.pki.OperationsCa.open(
                bench.licensor.designCa.issueOperationsCa(
                        io.kryla.factory.pki.PartyName.ofLine("GB", "Licence Ltd", "GB-01"),
                        bench.licensor.lineKey.key(),
                        List.of(bench.licensor.bundle.policyOid(Role.TECHNICIAN)),
                        bench.clock.instant()),
                io.kryla.factory.pki.PartyName.ofLine("DE", "Lizenz GmbH", LINE),
                bench.licensor.lineKey,
                bench.licensor.random);
        Instant now = bench.clock.instant();
        bench.crls.add(elsewhere.emptyRevocationList(1, now, now.plus(Duration.ofDays(30))));
        CertificateChain chain = elsewhere.issueOperator(
                key.key(),
                "card-1",
                person,
                bench.licensor.bundle.policyOid(Role.TECHNICIAN),
                now,
                Duration.ofHours(1));
        byte[] challenge = desk.challenge();
        Envelope signed = CertifiedEnvelope.sign(
                PayloadType.STEP_STATEMENT,
                bench.statement("solder", StepResult.STEP_RESULT_DONE, challenge)
                        .build()
                        .toByteArray(),
                new TlsIdentity(key, chain));

        assertThat(code(bench.judge(signed, "solder", challenge, Role.TECHNICIAN)))
                .isEqualTo("NAME");
    }

    @Test
    void anIdOrAKeyIsRegisteredOnce() {
        Signer key = bench.licensor.p256();
        Instant end = bench.clock.instant().plusSeconds(60);
        desk.enrol("card-2", person, key.key(), Set.of(Role.TECHNICIAN), end);

        assertThatThrownBy(
                        () -> desk.enrol("CARD-2", person, bench.licensor.p256().key(), Set.of(Role.TECHNICIAN), end))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> desk.enrol("card-3", person, key.key(), Set.of(Role.TECHNICIAN), end))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
