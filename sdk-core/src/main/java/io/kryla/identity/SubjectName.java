package io.kryla.identity;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** A subject read strictly: each attribute at most once and alone in its RDN, each value short and printable. */
final class SubjectName {
    private static final String VALUE = "[\\x20-\\x7e]{1,64}";

    /** @param value empty when it is no text, or none that is short and printable */
    private record Attribute(ASN1ObjectIdentifier type, Optional<String> value) {}

    private final List<Attribute> attributes;

    private SubjectName(List<Attribute> attributes) {
        this.attributes = attributes;
    }

    /** Never throws on what the certificate holds: of a name that cannot be read, nothing is present. */
    static SubjectName of(X509Certificate certificate) {
        List<Attribute> attributes = new ArrayList<>();
        try {
            X500Name name =
                    X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
            for (RDN rdn : name.getRDNs()) {
                if (rdn.size() != 1) {
                    return new SubjectName(List.of());
                }
                AttributeTypeAndValue attribute = rdn.getFirst();
                attributes.add(new Attribute(attribute.getType(), text(attribute.getValue())));
            }
        } catch (RuntimeException e) {
            // Bouncy Castle reports malformed content, such as invalid UTF-8, by various unchecked exceptions
            return new SubjectName(List.of());
        }
        return new SubjectName(List.copyOf(attributes));
    }

    private static Optional<String> text(ASN1Encodable value) {
        return Optional.of(value)
                .filter(ASN1String.class::isInstance)
                .map(string -> ((ASN1String) string).getString())
                .filter(text -> text.matches(VALUE));
    }

    /** Whether the name consists of attributes of these types in this order, country first. */
    boolean consistsOf(ASN1ObjectIdentifier... types) {
        return attributes.stream().map(Attribute::type).toList().equals(List.of(types));
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
        List<Attribute> found = attributes.stream()
                .filter(attribute -> attribute.type().equals(type))
                .toList();
        return found.size() == 1 ? found.get(0).value() : Optional.empty();
    }
}
