package io.kryla.identity;

import io.kryla.keys.VerificationKey;
import java.security.cert.CertPathValidator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Validates certificate chains from the root alone (protocol.md §3.2). Immutable, safe for any thread; never throws on
 * what a chain or a list holds.
 *
 * <p>In this order: RFC 5280 §6 with one initial policy, explicit policy required and revocation off; what RFC 5280
 * leaves open and the profiles settle; then each issuer's newest revocation list, in a pass of its own, since neither
 * SUN's nor Bouncy Castle's validator can judge a path at one time and its revocation at another.
 */
public final class PathValidator {
    /** Leaf, line or operations CA, design CA; the root is known and not counted. */
    private static final int PATH_LENGTH = 3;

    private final X509Certificate root;
    private final Supplier<CertPathValidator> pkix;

    private PathValidator(X509Certificate root, Supplier<CertPathValidator> pkix) {
        this.root = root;
        this.pkix = pkix;
    }

    /** Believes this root and no other. */
    public static PathValidator of(X509Certificate root) {
        return new PathValidator(root, PkixPass::platformValidator);
    }

    /** The same with another implementation of RFC 5280, so that tests hold two against each other. */
    static PathValidator of(X509Certificate root, Supplier<CertPathValidator> pkix) {
        return new PathValidator(root, pkix);
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
        return validate(untrusted, licensePolicyOid, new IdevidProfile(), at, crls);
    }

    /**
     * Validates an airframe's chain under whichever license it was built: {@link PathResult.Valid#policyOid} says which.
     * Proves no more than that some line of this root certified it; whether it was born is for the ledger to say.
     *
     * @param untrusted leaf first; the root may stand at its end
     * @param at when the chain has to have been valid
     * @param crls revocation lists, checked in a pass of their own
     */
    public PathResult validateIdevidOfAnyLicense(CertificateChain untrusted, Instant at, CrlSet crls) {
        return LeafProfile.onlyPolicyOf(untrusted.leaf())
                .map(claimed -> validateIdevid(untrusted, claimed, at, crls))
                .orElseGet(() -> new PathResult.Rejected(
                        PathRejection.POLICY, "exactly one policy expected in the leaf, found none or several"));
    }

    /**
     * Validates the chain of a ground station, a production station or an operator.
     *
     * @param untrusted leaf first; the root may stand at its end
     * @param role the one role, whose policy the bundle names
     * @param at when the chain has to have been valid: now for a peer, the time of signing for a record
     * @param crls revocation lists, checked in a pass of their own
     */
    public PathResult validateRole(
            CertificateChain untrusted, Role role, TrustedBundle bundle, Instant at, CrlSet crls) {
        return validate(untrusted, bundle.policyOid(role), new RoleProfile(role), at, crls);
    }

    /**
     * Validates the chain of one who may hold any of several roles: {@link PathResult.Valid#policyOid} says which it is.
     *
     * @param untrusted leaf first; the root may stand at its end
     * @param roles whose policies the bundle names
     * @param at when the chain has to have been valid
     * @param crls revocation lists, checked in a pass of their own
     */
    public PathResult validateAnyRole(
            CertificateChain untrusted, Set<Role> roles, TrustedBundle bundle, Instant at, CrlSet crls) {
        return LeafProfile.onlyPolicyOf(untrusted.leaf())
                .flatMap(bundle::role)
                .filter(roles::contains)
                .map(claimed -> validateRole(untrusted, claimed, bundle, at, crls))
                .orElseGet(() -> new PathResult.Rejected(
                        PathRejection.POLICY, "exactly one policy expected in the leaf, of a role among " + roles));
    }

    private PathResult validate(
            CertificateChain untrusted, String policyOid, LeafProfile profile, Instant at, CrlSet crls) {
        List<X509Certificate> path = withoutRoot(untrusted.certificates());
        if (path.size() != PATH_LENGTH) {
            return new PathResult.Rejected(
                    PathRejection.PATH, "leaf, issuing CA and design CA expected, found " + path.size());
        }
        Optional<PathResult.Rejected> rejected = PkixPass.check(path, root, policyOid, at, pkix.get())
                .or(() -> CertificateForm.check(path, root))
                .or(() -> AuthorityProfile.check(path, profile.isOfALine()))
                .or(() -> LeafProfile.checkCommon(path.get(0), policyOid, profile.extensions()));
        if (rejected.isPresent()) {
            return rejected.get();
        }
        X509Certificate leaf = path.get(0);
        LeafProfile.Outcome outcome = profile.check(leaf);
        if (outcome.rejected().isPresent()) {
            return outcome.rejected().get();
        }
        Optional<VerificationKey> key =
                VerificationKey.fromSpki(leaf.getPublicKey().getEncoded());
        RevocationPass revocation = RevocationPass.over(path, root, crls);
        if (revocation.rejected().isPresent()) {
            return revocation.rejected().get();
        }
        return new PathResult.Valid(
                leaf, key.orElseThrow(), outcome.holder().orElseThrow(), policyOid, revocation.oldest());
    }

    private List<X509Certificate> withoutRoot(List<X509Certificate> certificates) {
        int last = certificates.size() - 1;
        return certificates.get(last).equals(root) ? certificates.subList(0, last) : certificates;
    }
}
