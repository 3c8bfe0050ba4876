package io.kryla.identity;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** A subject read strictly: each attribute at most once and alone in its RDN, each value short and printable. */
final class SubjectName {
    private static final String VALUE = "[\\x20-\\x7e]{1,64}";

    private final X500Name name;

    private SubjectName(X500Name name) {
        this.name = name;
    }

    static SubjectName of(X509Certificate certificate) {
        return new SubjectName(
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()));
    }

    /** Whether the name consists of attributes of these types in this order, country first. */
    boolean consistsOf(ASN1ObjectIdentifier... types) {
        RDN[] rdns = name.getRDNs();
        if (rdns.length != types.length) {
            return false;
        }
        for (int i = 0; i < rdns.length; i++) {
            if (rdns[i].size() != 1 || !rdns[i].getFirst().getType().equals(types[i])) {
                return false;
            }
        }
        return true;
    }

    Optional<String> organisation() {
        return value(BCStyle.O);
    }

    Optional<String> unit() {
        return value(BCStyle.OU);
    }

    Optional<String> commonName() {
        return value(BCStyle.CN);
    }

    Optional<String> serialNumber() {
        return value(BCStyle.SERIALNUMBER);
    }

    private Optional<String> value(ASN1ObjectIdentifier type) {
        RDN[] rdns = name.getRDNs(type);
        if (rdns.length != 1 || rdns[0].size() != 1) {
            return Optional.empty();
        }
        AttributeTypeAndValue attribute = rdns[0].getFirst();
        return Optional.of(attribute.getValue())
                .filter(ASN1String.class::isInstance)
                .map(value -> ((ASN1String) value).getString())
                .filter(text -> text.matches(VALUE));
    }
}
