package io.kryla.identity;

import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.VerificationKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.CertificatePolicies;

/** What one kind of leaf certificate has to be beyond RFC 5280: the right half of the table in protocol.md §3.2. */
interface LeafProfile {
    /** Whether its issuer is a line CA, which is constrained to the line's name. */
    boolean isOfALine();

    /** Those of the extensions that carry weight which it may have, beside basic constraints and key usage. */
    Set<String> extensions();

    /** Checks what is peculiar to this kind, and finds out whom the certificate names. */
    Outcome check(X509Certificate leaf);

    /** Either a rejection or a holder. */
    record Outcome(Optional<PathResult.Rejected> rejected, Optional<Holder> holder) {
        static Outcome rejected(PathRejection code, String reason) {
            return new Outcome(Optional.of(new PathResult.Rejected(code, reason)), Optional.empty());
        }

        static Outcome named(Holder holder) {
            return new Outcome(Optional.empty(), Optional.of(holder));
        }
    }

    /** Checks what all kinds share: an end entity's P-256 key that signs and does nothing else, one policy, a name. */
    static Optional<PathResult.Rejected> checkCommon(X509Certificate leaf, String policyOid, Set<String> extensions) {
        if (leaf.getBasicConstraints() != -1 || !signsOnly(leaf.getKeyUsage()) || !hasLeafKey(leaf)) {
            return Optional.of(new PathResult.Rejected(
                    PathRejection.PATH,
                    "the leaf is no end entity with a P-256 key whose one usage is digitalSignature"));
        }
        Set<String> weighty = AuthorityProfile.weighty(leaf);
        weighty.removeAll(Set.of(AuthorityProfile.BASIC_CONSTRAINTS, AuthorityProfile.KEY_USAGE));
        weighty.removeAll(extensions);
        if (!weighty.isEmpty()) {
            return Optional.of(new PathResult.Rejected(
                    PathRejection.PATH, "the leaf has extensions that do not belong: " + weighty));
        }
        if (!onlyPolicyOf(leaf).equals(Optional.of(policyOid))) {
            return Optional.of(new PathResult.Rejected(
                    PathRejection.POLICY, "exactly one policy expected in the leaf: " + policyOid));
        }
        if (leaf.getSubjectX500Principal().getName().isEmpty()) {
            return Optional.of(new PathResult.Rejected(PathRejection.NAME, "the leaf's subject is empty"));
        }
        return Optional.empty();
    }

    private static boolean signsOnly(boolean[] usage) {
        if (usage == null || !usage[0]) {
            return false;
        }
        for (int bit = 1; bit < usage.length; bit++) {
            if (usage[bit]) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasLeafKey(X509Certificate leaf) {
        return VerificationKey.fromSpki(leaf.getPublicKey().getEncoded())
                .filter(key -> key.algorithm() == SignatureAlgorithm.ECDSA_P256_SHA256)
                .isPresent();
    }

    /** The leaf's policy as it claims it; empty when there is none, or more than one. */
    static Optional<String> onlyPolicyOf(X509Certificate leaf) {
        return DerExtension.read(leaf, "2.5.29.32", CertificatePolicies::getInstance)
                .map(CertificatePolicies::getPolicyInformation)
                .filter(policies -> policies.length == 1)
                .map(policies -> policies[0].getPolicyIdentifier().getId());
    }
}
