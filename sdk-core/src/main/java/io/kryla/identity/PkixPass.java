package io.kryla.identity;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The first pass: RFC 5280 §6.1 as the JDK implements it, with the inputs of protocol.md §3.2. */
final class PkixPass {
    private PkixPass() {}

    /** The Java platform's. */
    static CertPathValidator platformValidator() {
        try {
            return CertPathValidator.getInstance("PKIX");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform validates PKIX paths", e);
        }
    }

    static Optional<PathResult.Rejected> check(
            List<X509Certificate> path,
            X509Certificate root,
            String policyOid,
            Instant at,
            CertPathValidator validator) {
        try {
            // RFC 5280 §6.2: the anchor's own validity is the caller's to check
            root.checkValidity(Date.from(at));
            validator.validate(
                    CertificateFactory.getInstance("X.509").generateCertPath(path), parameters(root, policyOid, at));
            return Optional.empty();
        } catch (CertPathValidatorException e) {
            return Optional.of(new PathResult.Rejected(codeOf(e), "certificate path: " + e.getMessage()));
        } catch (GeneralSecurityException | RuntimeException e) {
            return Optional.of(new PathResult.Rejected(PathRejection.PATH, "certificate path: " + e.getMessage()));
        }
    }

    private static PKIXParameters parameters(X509Certificate root, String policyOid, Instant at)
            throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.setInitialPolicies(Set.of(policyOid));
        parameters.setExplicitPolicyRequired(true);
        parameters.setPolicyMappingInhibited(true);
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        return parameters;
    }

    private static PathRejection codeOf(CertPathValidatorException e) {
        if (e.getReason() == PKIXReason.INVALID_POLICY) {
            return PathRejection.POLICY;
        }
        return e.getReason() == PKIXReason.INVALID_NAME ? PathRejection.NAME : PathRejection.PATH;
    }
}
