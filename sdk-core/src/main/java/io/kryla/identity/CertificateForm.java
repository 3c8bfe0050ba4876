package io.kryla.identity;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What RFC 5280 asks of every certificate, and neither SUN's nor Bouncy Castle's validator holds it to. */
final class CertificateForm {
    /** RFC 5280 §4.1.2.2: a positive integer of 20 octets at most. */
    private static final int LONGEST_SERIAL_BITS = 159;

    private CertificateForm() {}

    /** @param path leaf first, without the root */
    static Optional<PathResult.Rejected> check(List<X509Certificate> path, X509Certificate root) {
        for (int i = 0; i < path.size(); i++) {
            BigInteger serial = path.get(i).getSerialNumber();
            if (serial.signum() <= 0 || serial.bitLength() > LONGEST_SERIAL_BITS) {
                return Optional.of(new PathResult.Rejected(
                        PathRejection.PATH, "a certificate's serial number is no positive integer of 20 octets"));
            }
            X509Certificate issuer = i + 1 < path.size() ? path.get(i + 1) : root;
            // Byte for byte: the platform takes names for equal whose RDNs stand in another order.
            if (!Arrays.equals(
                    path.get(i).getIssuerX500Principal().getEncoded(),
                    issuer.getSubjectX500Principal().getEncoded())) {
                return Optional.of(new PathResult.Rejected(
                        PathRejection.PATH, "a certificate's issuer is not the subject of the next, byte for byte"));
            }
        }
        return Optional.empty();
    }
}
