package io.kryla.factory.operators;

import io.kryla.identity.CertificateChain;

/** What became of a badge's sign-on. */
public sealed interface SignOnResult {
    /** @param chain over the badge's key, for 24 hours at most */
    record SignedOn(Operator operator, CertificateChain chain) implements SignOnResult {}

    /** @param code stable */
    record Refused(String code, String reason) implements SignOnResult {
        public static final String BADGE_UNKNOWN = "BADGE_UNKNOWN";
        public static final String BADGE_REVOKED = "BADGE_REVOKED";
        public static final String BADGE_EXPIRED = "BADGE_EXPIRED";
        /** The card is not registered for the role. */
        public static final String ROLE_NOT_HELD = "ROLE_NOT_HELD";
        /** The request is of another line, or answers another challenge. */
        public static final String CHALLENGE_EXPIRED = "CHALLENGE_EXPIRED";
    }
}
