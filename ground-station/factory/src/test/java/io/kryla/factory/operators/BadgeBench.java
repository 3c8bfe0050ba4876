package io.kryla.factory.operators;

import com.google.protobuf.ByteString;
import io.kryla.factory.testline.SettableClock;
import io.kryla.factory.testline.TestLicensor;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.Role;
import io.kryla.keys.Signer;
import io.kryla.v1.Envelope;
import io.kryla.v1.StepResult;
import io.kryla.v1.StepStatement;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Line DE-01 with a badge desk; people sign on and sign statements in a line each. */
final class BadgeBench {
    static final String LINE = "DE-01";
    static final String SERIAL = "KRY08DE100001";

    final TestLicensor licensor = new TestLicensor();
    final SettableClock clock = new SettableClock();
    final List<X509CRL> crls = new ArrayList<>();
    final StoreInMemory store = new StoreInMemory();
    final BadgeDesk desk;

    BadgeBench() {
        Instant now = clock.instant();
        Instant later = now.plus(Duration.ofDays(30));
        crls.add(licensor.root.emptyRevocationList(1, now, later));
        crls.add(licensor.designCa.emptyRevocationList(1, now, later));
        crls.add(licensor.operationsCa.emptyRevocationList(1, now, later));
        desk = new BadgeDesk(
                LINE,
                licensor.operationsCa,
                licensor.bundle,
                () -> new CrlSet(crls, CrlProfile.LINE, clock.instant()),
                store,
                clock,
                licensor.random);
    }

    /** A badge that the line registered for a year. */
    Badge enrolled(String card, String person, Role... roles) {
        Signer key = licensor.p256();
        desk.enrol(card, person, key.key(), Set.of(roles), clock.instant().plus(Duration.ofDays(365)));
        return Badge.of(key);
    }

    SignOnResult signOn(Badge badge, Role role) {
        byte[] challenge = desk.challenge();
        return desk.signOn(badge.requestSignOn(LINE, role, challenge), challenge, Duration.ofHours(10));
    }

    SignedOnBadge signedOn(Badge badge, Role role) {
        return badge.signedOn(chain(badge, role));
    }

    CertificateChain chain(Badge badge, Role role) {
        return ((SignOnResult.SignedOn) signOn(badge, role)).chain();
    }

    /** A statement about the unit, made now. */
    StepStatement.Builder statement(String step, StepResult result, byte[] challenge) {
        return StepStatement.newBuilder()
                .setLine(LINE)
                .setSerial(SERIAL)
                .setStep(step)
                .setResult(result)
                .setAtUnixMillis(clock.instant().toEpochMilli())
                .setChallenge(ByteString.copyFrom(challenge));
    }

    StatementResult judge(Envelope statement, String step, byte[] challenge, Role... roles) {
        return desk.judge(statement, Set.of(roles), SERIAL, step, challenge);
    }

    StatementResult.Verified verified(SignedOnBadge badge, String step, StepResult result, Role role) {
        byte[] challenge = desk.challenge();
        return (StatementResult.Verified)
                judge(badge.sign(statement(step, result, challenge).build()), step, challenge, role);
    }

    static String code(StatementResult result) {
        return ((StatementResult.Rejected) result).code();
    }

    static String code(SignOnResult result) {
        return ((SignOnResult.Refused) result).code();
    }

    /** Keeps the newest register. */
    static final class StoreInMemory implements BadgeStore {
        private BadgeRegister register = BadgeRegister.empty(LINE);

        @Override
        public BadgeRegister read() {
            return register;
        }

        @Override
        public BadgeRegister change(UnaryOperator<BadgeRegister> change) {
            register = change.apply(register);
            return register;
        }
    }
}
