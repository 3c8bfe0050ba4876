package io.kryla.factory.operators;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.operators.StatementResult.Rejected;
import io.kryla.factory.operators.StatementResult.Verified;
import io.kryla.identity.CertifiedEnvelopeVerifier;
import io.kryla.identity.CertifiedResult;
import io.kryla.identity.CrlSet;
import io.kryla.identity.Role;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.Digest;
import io.kryla.v1.Envelope;
import io.kryla.v1.StepResult;
import io.kryla.v1.StepStatement;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;

/**
 * Verifies what operators of one line signed, from the root alone (protocol.md §3.7): path, role and line of the
 * certificate, signature, then the content. Immutable, safe for any thread; hostile bytes are refusals.
 */
public final class StatementVerifier {
    static final int SHORTEST_CHALLENGE = 16;
    static final int LONGEST_CHALLENGE = 64;
    private static final String STEP = "[a-z0-9][a-z0-9._-]{0,63}";
    private static final String SERIAL = "[0-9A-HJ-NP-Z]{0,20}";

    private final TrustedBundle bundle;
    private final String line;
    private final CrlSet crls;

    private StatementVerifier(TrustedBundle bundle, String line, CrlSet crls) {
        this.bundle = bundle;
        this.line = line;
        this.crls = crls;
    }

    public static StatementVerifier of(TrustedBundle bundle, String line, CrlSet crls) {
        return new StatementVerifier(bundle, line, crls);
    }

    /**
     * @param roles who may have signed
     * @param at when the certificate has to have been valid: now for an act that is going on, for a record the time that it
     *     was recorded at
     */
    public StatementResult verify(Envelope untrusted, Set<Role> roles, Instant at) {
        requireOperators(roles);
        CertifiedResult signed = CertifiedEnvelopeVerifier.ofAny(bundle, roles, crls)
                .ofLine(line)
                .verify(untrusted, PayloadType.STEP_STATEMENT, at);
        if (signed instanceof CertifiedResult.Rejected rejected) {
            return new Rejected(rejected.code(), rejected.reason());
        }
        return judge((CertifiedResult.Verified) signed, untrusted);
    }

    private StatementResult judge(CertifiedResult.Verified signed, Envelope envelope) {
        StepStatement content;
        try {
            content = StepStatement.parseFrom(signed.payload());
        } catch (InvalidProtocolBufferException e) {
            return new Rejected(Rejected.MALFORMED, "the payload is no step statement");
        }
        if (!isSound(content)) {
            return new Rejected(Rejected.MALFORMED, "the step statement is incomplete or contradicts itself");
        }
        if (!content.getLine().equals(line)) {
            return new Rejected(Rejected.FOREIGN, "a statement at line " + line + " expected");
        }
        X509Certificate certificate = signed.chain().leaf();
        Instant said = Instant.ofEpochMilli(content.getAtUnixMillis());
        if (said.isBefore(certificate.getNotBefore().toInstant())
                || said.isAfter(certificate.getNotAfter().toInstant())) {
            return new Rejected(
                    Rejected.STATEMENT_TIME,
                    "a time within the certificate's "
                            + certificate.getNotBefore().toInstant() + " to "
                            + certificate.getNotAfter().toInstant() + " expected, got " + said);
        }
        return new Verified(Operator.of(signed.holder(), signed.role()), content, envelope);
    }

    private static boolean isSound(StepStatement statement) {
        int subject = statement.getSubjectSha256().size();
        int challenge = statement.getChallenge().size();
        return !statement.getLine().isEmpty()
                && statement.getSerial().matches(SERIAL)
                && statement.getStep().matches(STEP)
                && statement.getResult() != StepResult.UNRECOGNIZED
                && statement.getResult() != StepResult.STEP_RESULT_UNSPECIFIED
                && (subject == 0 || subject == Digest.LENGTH)
                && challenge >= SHORTEST_CHALLENGE
                && challenge <= LONGEST_CHALLENGE;
    }

    private static void requireOperators(Set<Role> roles) {
        if (roles.isEmpty() || !roles.stream().allMatch(Role::isOperator)) {
            throw new IllegalArgumentException("roles: one or more roles of operators expected, got " + roles);
        }
    }
}
