package io.kryla.factory.audit;

import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A chain in PEM, leaf first: nothing but blocks, each in the one form that the tools write. */
final class PemFile {
    private static final String END = "-----END CERTIFICATE-----\n";

    private PemFile() {}

    /** Reads an untrusted file; empty when there is a byte in it that belongs to no certificate. */
    static Optional<CertificateChain> chain(byte[] untrusted) {
        String text = new String(untrusted, StandardCharsets.ISO_8859_1);
        List<X509Certificate> certificates = new ArrayList<>();
        int from = 0;
        while (from < text.length() && certificates.size() < CertificateChain.LONGEST) {
            int end = text.indexOf(END, from);
            Optional<X509Certificate> next = end < 0
                    ? Optional.empty()
                    : Certificates.fromPem(
                            text.substring(from, end + END.length()).getBytes(StandardCharsets.ISO_8859_1));
            if (next.isEmpty()) {
                return Optional.empty();
            }
            certificates.add(next.get());
            from = end + END.length();
        }
        return certificates.isEmpty() || from < text.length()
                ? Optional.empty()
                : Optional.of(new CertificateChain(certificates));
    }
}
