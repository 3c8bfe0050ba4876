package io.kryla.identity;

import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.VerificationKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyConstraints;

/** What every CA certificate on a path has to be beyond RFC 5280: the left half of the table in protocol.md §3.2. */
final class AuthorityProfile {
    static final String BASIC_CONSTRAINTS = "2.5.29.19";
    static final String KEY_USAGE = "2.5.29.15";
    static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    static final String NAME_CONSTRAINTS = "2.5.29.30";
    static final String POLICIES = "2.5.29.32";
    static final String POLICY_MAPPINGS = "2.5.29.33";
    static final String POLICY_CONSTRAINTS = "2.5.29.36";
    static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    static final String INHIBIT_ANY_POLICY = "2.5.29.54";
    private static final String ANY_POLICY = "2.5.29.32.0";

    /** Extensions that grant or restrict something; where one stands that does not belong, it is not passed over. */
    private static final Set<String> WEIGHTY = Set.of(
            BASIC_CONSTRAINTS,
            KEY_USAGE,
            SUBJECT_ALTERNATIVE_NAME,
            NAME_CONSTRAINTS,
            POLICY_MAPPINGS,
            POLICY_CONSTRAINTS,
            EXTENDED_KEY_USAGE,
            INHIBIT_ANY_POLICY);

    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;
    /** C, O and OU of a line, by which its CA is constrained. */
    private static final int LINE_NAME_LENGTH = 3;

    private AuthorityProfile() {}

    /**
     * @param path leaf, issuing CA, design CA
     * @param namesConstrained whether the issuing CA is a line's, which may issue under the line's name alone
     */
    static Optional<PathResult.Rejected> check(List<X509Certificate> path, boolean namesConstrained) {
        X509Certificate issuing = path.get(1);
        X509Certificate design = path.get(2);
        return checkDesign(design)
                .or(() -> require(
                        !namesConstrained || permitsOnlyTheLineOf(issuing, path.get(0)),
                        PathRejection.NAME,
                        "a line CA permitted the line's C, O and OU alone expected"))
                .or(() -> checkAuthority(issuing, "issuing CA", 0, allowed(namesConstrained)))
                .or(() -> require(
                        inhibitsAnyPolicyAtOnce(issuing) && !isAnyPolicy(issuing),
                        PathRejection.POLICY,
                        "an issuing CA with policies of its own and inhibitAnyPolicy 0 expected"));
    }

    private static Optional<PathResult.Rejected> checkDesign(X509Certificate design) {
        return checkAuthority(design, "design CA", 1, Set.of(BASIC_CONSTRAINTS, KEY_USAGE, POLICY_CONSTRAINTS))
                .or(() -> require(
                        requiresPolicyAtOnce(design) && isAnyPolicy(design),
                        PathRejection.POLICY,
                        "a design CA with anyPolicy and requireExplicitPolicy 0 expected"));
    }

    private static Set<String> allowed(boolean namesConstrained) {
        return namesConstrained
                ? Set.of(BASIC_CONSTRAINTS, KEY_USAGE, INHIBIT_ANY_POLICY, NAME_CONSTRAINTS)
                : Set.of(BASIC_CONSTRAINTS, KEY_USAGE, INHIBIT_ANY_POLICY);
    }

    /** All of these extensions, critical, and no other that carries weight. */
    private static Optional<PathResult.Rejected> checkAuthority(
            X509Certificate authority, String what, int pathLength, Set<String> critical) {
        return require(
                        authority.getBasicConstraints() == pathLength
                                && signsCertificatesAndLists(authority.getKeyUsage())
                                && hasAuthorityKey(authority),
                        PathRejection.PATH,
                        what + ": a CA of path length " + pathLength
                                + " with key usage keyCertSign and cRLSign and a P-384 key expected")
                .or(() -> require(
                        weighty(authority).equals(new TreeSet<>(critical))
                                && critical.stream().allMatch(oid -> isCritical(authority, oid)),
                        PathRejection.PATH,
                        what + ": extensions " + new TreeSet<>(critical) + ", critical, expected, found "
                                + weighty(authority)));
    }

    /** Extensions of the certificate that grant or restrict something, policies aside. */
    static Set<String> weighty(X509Certificate certificate) {
        Set<String> found = new TreeSet<>();
        WEIGHTY.stream()
                .filter(oid -> certificate.getExtensionValue(oid) != null)
                .forEach(found::add);
        return found;
    }

    private static boolean isCritical(X509Certificate certificate, String oid) {
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        return critical != null && critical.contains(oid);
    }

    private static boolean signsCertificatesAndLists(boolean[] usage) {
        if (usage == null) {
            return false;
        }
        for (int bit = 0; bit < usage.length; bit++) {
            if (usage[bit] != (bit == KEY_CERT_SIGN || bit == CRL_SIGN)) {
                return false;
            }
        }
        return usage.length > CRL_SIGN;
    }

    private static boolean hasAuthorityKey(X509Certificate authority) {
        return VerificationKey.fromSpki(authority.getPublicKey().getEncoded())
                .filter(key -> key.algorithm() == SignatureAlgorithm.ECDSA_P384_SHA384)
                .isPresent();
    }

    private static boolean requiresPolicyAtOnce(X509Certificate design) {
        return DerExtension.read(design, POLICY_CONSTRAINTS, PolicyConstraints::getInstance)
                .filter(constraints -> constraints.getRequireExplicitPolicyMapping() != null
                        && constraints.getRequireExplicitPolicyMapping().signum() == 0
                        && constraints.getInhibitPolicyMapping() == null)
                .isPresent();
    }

    private static boolean inhibitsAnyPolicyAtOnce(X509Certificate issuing) {
        return DerExtension.read(issuing, INHIBIT_ANY_POLICY, ASN1Integer::getInstance)
                .filter(skip -> skip.hasValue(0))
                .isPresent();
    }

    private static boolean isAnyPolicy(X509Certificate authority) {
        return DerExtension.read(authority, POLICIES, CertificatePolicies::getInstance)
                .filter(policies -> Arrays.stream(policies.getPolicyInformation())
                        .anyMatch(policy -> policy.getPolicyIdentifier().getId().equals(ANY_POLICY)))
                .isPresent();
    }

    /** One permitted subtree, the leading RDNs of the leaf's subject, and nothing excluded. */
    private static boolean permitsOnlyTheLineOf(X509Certificate issuing, X509Certificate leaf) {
        return DerExtension.read(issuing, NAME_CONSTRAINTS, NameConstraints::getInstance)
                .filter(constraints -> constraints.getExcludedSubtrees() == null
                        && constraints.getPermittedSubtrees() != null
                        && constraints.getPermittedSubtrees().length == 1)
                .filter(constraints -> isLineOf(constraints.getPermittedSubtrees()[0], leaf))
                .isPresent();
    }

    private static boolean isLineOf(GeneralSubtree permitted, X509Certificate leaf) {
        if (permitted.getBase().getTagNo() != GeneralName.directoryName) {
            return false;
        }
        ASN1Sequence base =
                ASN1Sequence.getInstance(permitted.getBase().getName().toASN1Primitive());
        ASN1Sequence subject =
                ASN1Sequence.getInstance(leaf.getSubjectX500Principal().getEncoded());
        if (base.size() != LINE_NAME_LENGTH || subject.size() < LINE_NAME_LENGTH) {
            return false;
        }
        for (int i = 0; i < LINE_NAME_LENGTH; i++) {
            ASN1Encodable rdn = base.getObjectAt(i);
            if (!rdn.toASN1Primitive().equals(subject.getObjectAt(i).toASN1Primitive())) {
                return false;
            }
        }
        return true;
    }

    private static Optional<PathResult.Rejected> require(boolean holds, PathRejection code, String reason) {
        return holds ? Optional.empty() : Optional.of(new PathResult.Rejected(code, reason));
    }
}
