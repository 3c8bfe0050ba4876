package io.kryla.ground.record;

import com.google.protobuf.ByteString;
import io.kryla.identity.CrlSet;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** X.509 revocation lists out of untrusted bytes. */
final class RevocationLists {

    /** Empty unless each element is one list and their number is within bounds. */
    static Optional<List<X509CRL>> fromDer(List<ByteString> untrusted) {
        if (untrusted.size() > CrlSet.MOST) {
            return Optional.empty();
        }
        List<X509CRL> lists = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (ByteString der : untrusted) {
                lists.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(der.toByteArray())));
            }
            return Optional.of(lists);
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private RevocationLists() {}
}
