package io.kryla.identity;

import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.VerificationKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What every CA certificate on a path has to be beyond RFC 5280: the left half of the table in protocol.md §3.2. */
final class AuthorityProfile {
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final String POLICY_CONSTRAINTS = "2.5.29.36";
    private static final String INHIBIT_ANY_POLICY = "2.5.29.54";
    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;

    private AuthorityProfile() {}

    static Optional<PathResult.Rejected> check(List<X509Certificate> authorities) {
        for (X509Certificate authority : authorities) {
            if (!isAuthority(authority) || !hasAuthorityKey(authority)) {
                return Optional.of(
                        new PathResult.Rejected(
                                PathRejection.PATH,
                                "an issuer is no CA by its basic constraints, key usage (keyCertSign and cRLSign) and P-384 key"));
            }
            Set<String> other = authority.getNonCriticalExtensionOIDs();
            for (String oid :
                    List.of(BASIC_CONSTRAINTS, KEY_USAGE, NAME_CONSTRAINTS, POLICY_CONSTRAINTS, INHIBIT_ANY_POLICY)) {
                if (other != null && other.contains(oid)) {
                    return Optional.of(new PathResult.Rejected(
                            PathRejection.PATH, "extension " + oid + " of an issuer has to be critical"));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isAuthority(X509Certificate authority) {
        boolean[] usage = authority.getKeyUsage();
        return authority.getBasicConstraints() >= 0 && usage != null && usage[KEY_CERT_SIGN] && usage[CRL_SIGN];
    }

    private static boolean hasAuthorityKey(X509Certificate authority) {
        return VerificationKey.fromSpki(authority.getPublicKey().getEncoded())
                .filter(key -> key.algorithm() == SignatureAlgorithm.ECDSA_P384_SHA384)
                .isPresent();
    }
}
