package io.kryla.factory.pki;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;

/** Ends of validity. X.509 counts whole seconds. */
final class Validity {
    /** RFC 5280 §4.1.2.5: a certificate that never expires. */
    static final Instant NEVER_ENDS = Instant.parse("9999-12-31T23:59:59Z");

    private Validity() {}

    static Instant end(Instant notBefore, Period period) {
        return notBefore.atZone(ZoneOffset.UTC).plus(period).toInstant();
    }
}
