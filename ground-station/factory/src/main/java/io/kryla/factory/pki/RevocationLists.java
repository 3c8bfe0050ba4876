package io.kryla.factory.pki;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What every authority here can do besides issuing: say what it revoked. */
public abstract sealed class RevocationLists permits RootCa, DesignCa, LineCa, OperationsCa {
    final Issuer issuer;

    RevocationLists(Issuer issuer) {
        this.issuer = issuer;
    }

    /** A complete list with the given number, which must grow from list to list (RFC 5280 §5.2.3). */
    public X509CRL revocationList(
            long number, Instant thisUpdate, Instant nextUpdate, Collection<Revocation> revocations) {
        return issuer.revocationList(number, thisUpdate, nextUpdate, revocations);
    }

    /**
     * The list after another one: everything that stands on that, and what is given; its number is the next.
     *
     * @param previous signed by this authority
     * @throws IllegalArgumentException for a list of another authority, or one that is newer than {@code thisUpdate}, as when the
     *     clock was set back: whoever has it would not take the new one
     */
    public X509CRL nextRevocationList(
            X509CRL previous, Instant thisUpdate, Instant nextUpdate, Collection<Revocation> added) {
        return issuer.nextRevocationList(previous, thisUpdate, nextUpdate, added);
    }

    /** Whether this authority's key signed the certificate. */
    public boolean hasIssued(X509Certificate certificate) {
        return issuer.hasIssued(certificate);
    }

    /** A list that says: nothing is revoked. */
    public X509CRL emptyRevocationList(long number, Instant thisUpdate, Instant nextUpdate) {
        return revocationList(number, thisUpdate, nextUpdate, List.of());
    }
}
