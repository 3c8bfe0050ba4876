package io.kryla.identity;

import java.security.cert.X509Certificate;
import java.time.Instant;

/** Placeholder body follows. */
public final class PathValidator {
    private final X509Certificate root;

    private PathValidator(X509Certificate root) {
        this.root = root;
    }

    public static PathValidator of(X509Certificate root) {
        return new PathValidator(root);
    }

    /**
     * Validates an airframe's chain.
     *
     * @param untrusted leaf first; the root may stand at its end
     * @param licensePolicyOid the one license under which the airframe was built
     * @param at when the chain has to have been valid: the cosigned time of birth
     * @param crls revocation lists, checked in a pass of their own
     */
    public PathResult validateIdevid(CertificateChain untrusted, String licensePolicyOid, Instant at, CrlSet crls) {
        throw new UnsupportedOperationException(root.toString());
    }

    /** Validates the chain of a ground station, a production station or an operator. */
    public PathResult validateRole(
            CertificateChain untrusted, Role role, TrustedBundle bundle, Instant at, CrlSet crls) {
        throw new UnsupportedOperationException();
    }
}
