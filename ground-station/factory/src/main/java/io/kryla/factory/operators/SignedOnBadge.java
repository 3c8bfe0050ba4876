package io.kryla.factory.operators;

import io.kryla.dsse.PayloadType;
import io.kryla.identity.CertifiedEnvelope;
import io.kryla.identity.TlsIdentity;
import io.kryla.v1.Envelope;
import io.kryla.v1.StepStatement;
import java.time.Instant;

/** A badge with the certificate of a shift: signs what its holder did. Safe for any thread. */
public final class SignedOnBadge {
    private final TlsIdentity identity;

    private SignedOnBadge(TlsIdentity identity) {
        this.identity = identity;
    }

    static SignedOnBadge of(TlsIdentity identity) {
        return new SignedOnBadge(identity);
    }

    /** Signs; the certificate beside the signature says who, and in which role. */
    public Envelope sign(StepStatement statement) {
        return CertifiedEnvelope.sign(PayloadType.STEP_STATEMENT, statement.toByteArray(), identity);
    }

    /** When the shift's certificate runs out; a new sign-on gives another. */
    public Instant notAfter() {
        return identity.chain().leaf().getNotAfter().toInstant();
    }
}
