package io.kryla.identity;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Certificates as presented, the leaf first, each next one claiming to be the issuer; nothing is verified. */
public record CertificateChain(List<X509Certificate> certificates) {
    /** Longest chain: leaf, line or operations CA, design CA, root, and one to spare. */
    public static final int LONGEST = 5;

    public CertificateChain {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty() || certificates.size() > LONGEST) {
            throw new IllegalArgumentException(
                    "certificates: 1 to " + LONGEST + " expected, got " + certificates.size());
        }
    }

    /** Reads untrusted DER; empty unless each element is one certificate and their number is within bounds. */
    public static Optional<CertificateChain> fromDer(List<byte[]> untrusted) {
        if (untrusted.isEmpty() || untrusted.size() > LONGEST) {
            return Optional.empty();
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] der : untrusted) {
            Certificates.fromDer(der).ifPresent(certificates::add);
        }
        return certificates.size() == untrusted.size()
                ? Optional.of(new CertificateChain(certificates))
                : Optional.empty();
    }

    /** Takes what TLS gives of a peer; empty unless it is X.509 within bounds. */
    static Optional<CertificateChain> fromTls(Certificate[] untrusted) {
        if (untrusted.length == 0 || untrusted.length > LONGEST) {
            return Optional.empty();
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (Certificate certificate : untrusted) {
            if (certificate instanceof X509Certificate x509) {
                certificates.add(x509);
            }
        }
        return certificates.size() == untrusted.length
                ? Optional.of(new CertificateChain(certificates))
                : Optional.empty();
    }

    public X509Certificate leaf() {
        return certificates.get(0);
    }

    /** DER of each, the leaf first. */
    public List<byte[]> toDer() {
        return certificates.stream().map(Certificates::toDer).collect(Collectors.toList());
    }
}
