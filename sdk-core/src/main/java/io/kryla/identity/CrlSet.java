package io.kryla.identity;

import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.List;

/** The revocation lists at hand, how fresh they have to be, and the time to which that refers; nothing is verified. */
public record CrlSet(List<X509CRL> crls, CrlProfile profile, Instant now) {
    /** Most lists that are looked at. */
    public static final int MOST = 64;

    public CrlSet {
        crls = List.copyOf(crls);
        if (crls.size() > MOST) {
            throw new IllegalArgumentException("crls: at most " + MOST + " expected, got " + crls.size());
        }
    }
}
