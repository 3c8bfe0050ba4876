package io.kryla.factory.pki;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;

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

        int code() {
            return code;
        }
    }

    public static Revocation of(X509Certificate certificate, Instant revokedAt, Reason reason) {
        return new Revocation(certificate.getSerialNumber(), revokedAt, reason);
    }
}
