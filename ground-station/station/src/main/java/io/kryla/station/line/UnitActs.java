package io.kryla.station.line;

import com.google.protobuf.ByteString;
import io.kryla.factory.operators.Badge;
import io.kryla.factory.operators.BadgeDesk;
import io.kryla.factory.operators.SignOnResult;
import io.kryla.factory.operators.SignedOnBadge;
import io.kryla.factory.pki.Revocation;
import io.kryla.factory.provisioning.UnitDocuments;
import io.kryla.factory.units.UnitAct;
import io.kryla.factory.units.UnitActResult;
import io.kryla.factory.units.UnitDesk;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.identity.Role;
import io.kryla.keys.Signer;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.ExitStatus;
import io.kryla.v1.StepResult;
import io.kryla.v1.StepStatement;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Acts on single units at an open line: people sign on with their badges, sign, and it is done. */
public final class UnitActs {
    private static final Duration SHIFT = Duration.ofHours(1);
    private static final Duration CRL_VALIDITY = Duration.ofDays(30);

    private final ProductionLine line;
    private final BadgeDesk badges;

    public UnitActs(ProductionLine line, LineBadges badges) {
        this.line = line;
        this.badges = badges.desk();
    }

    /**
     * Does it, revokes the certificate of a unit that was given up, and publishes.
     *
     * @param approver where the act needs a second person
     * @throws CommandFailure the refusal's code: of the badge, the statement or the ledger
     */
    public UnitActResult.Done act(UnitAct act, String serial, String reason, Signer person, Optional<Signer> approver) {
        UnitDesk.Signed by = signed(act, serial, reason, person, StepResult.STEP_RESULT_DONE);
        Optional<UnitDesk.Signed> approval =
                approver.map(other -> signed(act, serial, reason, other, StepResult.STEP_RESULT_APPROVED));
        UnitActResult result = new UnitDesk(line.ledger(), badges).act(act, serial, reason, by, approval);
        if (result instanceof UnitActResult.Refused refused) {
            throw refusal(refused.code(), refused.reason(), serial);
        }
        UnitActResult.Done done = (UnitActResult.Done) result;
        if (act == UnitAct.VOID) {
            UnitDocuments.idevidChain(line.ledger(), serial).ifPresent(this::revoke);
        }
        if (done.leafIndex().isPresent()) {
            new LinePublication(line).publish();
        }
        return done;
    }

    private UnitDesk.Signed signed(UnitAct act, String serial, String reason, Signer key, StepResult outcome) {
        SignedOnBadge badge = signOn(act, key, serial);
        byte[] challenge = badges.challenge();
        return new UnitDesk.Signed(
                badge.sign(StepStatement.newBuilder()
                        .setLine(line.name())
                        .setSerial(serial)
                        .setStep(act.step())
                        .setResult(outcome)
                        .setAtUnixMillis(line.premises().clock().millis())
                        .setSubjectSha256(
                                ByteString.copyFrom(UnitDesk.subject(reason).bytes()))
                        .setChallenge(ByteString.copyFrom(challenge))
                        .build()),
                challenge);
    }

    /** In whichever of the act's roles the card is registered for. */
    private SignedOnBadge signOn(UnitAct act, Signer key, String serial) {
        Badge badge = Badge.of(key);
        SignOnResult result = new SignOnResult.Refused("ROLE_NOT_HELD", "one of " + act.roles() + " may do this");
        for (Role role : act.roles().stream().sorted().toList()) {
            byte[] challenge = badges.challenge();
            result = badges.signOn(badge.requestSignOn(line.name(), role, challenge), challenge, SHIFT);
            if (result instanceof SignOnResult.SignedOn signedOn) {
                return badge.signedOn(signedOn.chain());
            }
        }
        SignOnResult.Refused refused = (SignOnResult.Refused) result;
        throw refusal(refused.code(), refused.reason(), serial);
    }

    private static CommandFailure refusal(String code, String reason, String serial) {
        return new CommandFailure(ExitStatus.FAILED, code, reason, serial, "nothing was changed");
    }

    private void revoke(CertificateChain chain) {
        Path file = line.premises().publicFolder().crl(line.name() + "-line");
        Instant now = line.premises().clock().instant();
        X509CRL previous = Certificates.crlFromDer(DocumentFiles.read(file))
                .orElseThrow(() -> CommandFailure.usage(
                        "FILE_MALFORMED", "not a revocation list", file.toString(), "restore it from a copy"));
        X509CRL next = line.authority()
                .nextRevocationList(
                        previous,
                        now,
                        now.plus(CRL_VALIDITY),
                        List.of(new Revocation(
                                chain.leaf().getSerialNumber(), now, Revocation.Reason.CESSATION_OF_OPERATION)));
        DocumentFiles.write(file, Certificates.toDer(next));
    }
}
