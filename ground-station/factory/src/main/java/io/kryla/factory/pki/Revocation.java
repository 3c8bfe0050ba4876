package io.kryla.factory.pki;

import java.math.BigInteger;
import java.security.cert.CRLReason;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One revoked certificate. */
public record Revocation(BigInteger certificateSerial, Instant revokedAt, Reason reason) {
    /** The reasons of RFC 5280 §5.3.1 that a line has a use for. */
    public enum Reason {
        KEY_COMPROMISE(1),
        CA_COMPROMISE(2),
        SUPERSEDED(4),
        CESSATION_OF_OPERATION(5);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        private static Reason of(@Nullable CRLReason reason) {
            return reason == null
                    ? KEY_COMPROMISE
                    : Arrays.stream(values())
                            .filter(known -> known.code == reason.ordinal())
                            .findFirst()
                            .orElse(KEY_COMPROMISE);
        }

        int code() {
            return code;
        }
    }

    /** An entry of a list; a reason that is none of ours counts as a compromised key. */
    static Revocation of(X509CRLEntry entry) {
        return new Revocation(
                entry.getSerialNumber(), entry.getRevocationDate().toInstant(), Reason.of(entry.getRevocationReason()));
    }

    public static Revocation of(X509Certificate certificate, Instant revokedAt, Reason reason) {
        return new Revocation(certificate.getSerialNumber(), revokedAt, reason);
    }
}
