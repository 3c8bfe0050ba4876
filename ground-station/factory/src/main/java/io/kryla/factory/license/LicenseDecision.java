package io.kryla.factory.license;

import io.kryla.identity.VerifiedLicense;

/** Whether a license counts here. */
public sealed interface LicenseDecision {
    /** @param known the same document was admitted before */
    record Admitted(VerifiedLicense license, boolean known) implements LicenseDecision {}

    /** @param code stable, such as THRESHOLD, LICENSE_ROLLBACK, LICENSE_EXPIRED, LICENSE_FOREIGN */
    record Rejected(String code, String reason) implements LicenseDecision {
        public static final String LICENSE_ROLLBACK = "LICENSE_ROLLBACK";
        public static final String LICENSE_CHAIN = "LICENSE_CHAIN";
        public static final String LICENSE_EXPIRED = "LICENSE_EXPIRED";
        public static final String LICENSE_FOREIGN = "LICENSE_FOREIGN";
        public static final String LICENSE_MALFORMED = "LICENSE_MALFORMED";
    }
}
