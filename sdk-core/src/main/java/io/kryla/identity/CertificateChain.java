package io.kryla.identity;

import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Certificates as presented, the leaf first, each next one claiming to be the issuer; nothing is verified. */
public record CertificateChain(List<X509Certificate> certificates) {
    /** Longest chain: leaf, line or operations CA, design CA, root, and one to spare. */
    public static final int LONGEST = 5;

    private static final String AFTER_BLOCK = "(?<=-----END CERTIFICATE-----\n)";

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

    /** Reads untrusted PEM, the leaf first; empty unless it is blocks as {@link Certificates#toPem} writes them and nothing else. */
    public static Optional<CertificateChain> fromPem(byte[] untrusted) {
        if (untrusted.length > LONGEST * 2 * Certificates.LARGEST_CERTIFICATE) {
            return Optional.empty();
        }
        String pem = new String(untrusted, StandardCharsets.ISO_8859_1);
        List<byte[]> encoded = new ArrayList<>();
        for (String block : pem.split(AFTER_BLOCK)) {
            Optional<X509Certificate> read = Certificates.fromPem(block.getBytes(StandardCharsets.ISO_8859_1));
            if (read.isEmpty()) {
                return Optional.empty();
            }
            encoded.add(Certificates.toDer(read.get()));
        }
        return fromDer(encoded);
    }

    /** Takes what TLS gives of a peer; empty unless each is X.509 in the one form of {@link #fromDer}. */
    static Optional<CertificateChain> fromTls(Certificate[] untrusted) {
        try {
            List<byte[]> encoded = new ArrayList<>();
            for (Certificate certificate : untrusted) {
                encoded.add(certificate.getEncoded());
            }
            return fromDer(encoded);
        } catch (CertificateEncodingException e) {
            return Optional.empty();
        }
    }

    public X509Certificate leaf() {
        return certificates.get(0);
    }

    /** DER of each, the leaf first. */
    public List<byte[]> toDer() {
        return certificates.stream().map(Certificates::toDer).collect(Collectors.toList());
    }
}
