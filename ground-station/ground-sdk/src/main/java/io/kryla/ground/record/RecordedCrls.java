package io.kryla.ground.record;

import com.google.protobuf.ByteString;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.v1.FlightEvidence;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which revocation lists a recording carries: one each of the issuers in its chains, since it vouches for them alone. */
final class RecordedCrls {
    private RecordedCrls() {}

    /** Whether every list was signed by an issuer of one of the chains, which are valid. */
    static boolean areOf(List<X509CRL> lists, CertificateChain airframe, CertificateChain ground) {
        return lists.stream().allMatch(list -> isOf(list, airframe) || isOf(list, ground));
    }

    /** The evidence without lists that its chains do not need: a ground may know those of other lines. */
    static FlightEvidence needed(FlightEvidence evidence) {
        Optional<CertificateChain> airframe = chain(evidence.getIdevidChainList());
        Optional<CertificateChain> ground = chain(evidence.getGroundChainList());
        List<ByteString> needed = evidence.getCrlsList().stream()
                .filter(der -> Certificates.crlFromDer(der.toByteArray())
                        .filter(list -> Stream.of(airframe, ground)
                                .flatMap(Optional::stream)
                                .anyMatch(chain -> isOf(list, chain)))
                        .isPresent())
                .collect(Collectors.toList());
        return evidence.toBuilder().clearCrls().addAllCrls(needed).build();
    }

    private static Optional<CertificateChain> chain(List<ByteString> der) {
        return CertificateChain.fromDer(
                der.stream().map(ByteString::toByteArray).collect(Collectors.toList()));
    }

    private static boolean isOf(X509CRL list, CertificateChain chain) {
        List<X509Certificate> certificates = chain.certificates();
        return certificates.subList(1, certificates.size()).stream().anyMatch(issuer -> isBy(list, issuer));
    }

    private static boolean isBy(X509CRL list, X509Certificate issuer) {
        if (!list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            list.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }
}
