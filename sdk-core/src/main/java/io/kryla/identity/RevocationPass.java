package io.kryla.identity;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;

/**
 * The second pass: each certificate of the path against the newest list of its issuer, which the issuer's key in this
 * very path has to have signed.
 *
 * @param rejected why the path is refused, if it is
 * @param oldest age of the oldest list that was needed; zero or more
 */
record RevocationPass(Optional<PathResult.Rejected> rejected, Duration oldest) {
    private static final String CRL_NUMBER = "2.5.29.20";

    static RevocationPass over(List<X509Certificate> path, X509Certificate root, CrlSet crls) {
        List<X509Certificate> certificates = new ArrayList<>(path);
        certificates.add(root);
        Duration oldest = Duration.ZERO;
        for (int i = 0; i < path.size(); i++) {
            Optional<X509CRL> newest = newestOf(certificates.get(i + 1), crls.crls());
            if (newest.isEmpty()) {
                return rejected(PathRejection.CRL_STALE, "no revocation list of one of the issuers", oldest);
            }
            Duration age = Duration.between(newest.get().getThisUpdate().toInstant(), crls.now());
            if (newest.get().getRevokedCertificate(path.get(i).getSerialNumber()) != null) {
                return rejected(PathRejection.REVOKED, "an issuer's revocation list names a certificate", oldest);
            }
            Optional<Instant> ends =
                    Optional.ofNullable(newest.get().getNextUpdate()).map(Date::toInstant);
            if (!crls.profile().accepts(age, ends, crls.now())) {
                return rejected(
                        PathRejection.CRL_STALE,
                        "revocation list of at most " + CrlProfile.LINE_OLDEST.toDays()
                                + " days, not of the future and not past its end, expected, got one of "
                                + newest.get().getThisUpdate().toInstant(),
                        oldest);
            }
            oldest = age.compareTo(oldest) > 0 ? age : oldest;
        }
        return new RevocationPass(Optional.empty(), oldest);
    }

    private static RevocationPass rejected(PathRejection code, String reason, Duration oldest) {
        return new RevocationPass(Optional.of(new PathResult.Rejected(code, reason)), oldest);
    }

    private static Optional<X509CRL> newestOf(X509Certificate issuer, List<X509CRL> crls) {
        return crls.stream()
                .filter(crl -> crl.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()))
                .filter(RevocationPass::isComplete)
                .filter(crl -> isSignedBy(crl, issuer))
                .max(Comparator.comparing(X509CRL::getThisUpdate).thenComparing(RevocationPass::number));
    }

    /** CRL number (RFC 5280 §5.2.3), which orders lists of the same second. */
    private static BigInteger number(X509CRL crl) {
        return DerExtension.read(
                        crl, CRL_NUMBER, value -> ASN1Integer.getInstance(value).getValue())
                .orElse(BigInteger.ZERO);
    }

    /** A critical extension makes a list partial (delta, distribution point) or says something unknown. */
    private static boolean isComplete(X509CRL crl) {
        return crl.getCriticalExtensionOIDs() == null
                || crl.getCriticalExtensionOIDs().isEmpty();
    }

    private static boolean isSignedBy(X509CRL crl, X509Certificate issuer) {
        try {
            crl.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }
}
