package io.kryla.factory.pki;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/**
 * Who a certificate's subject belongs to: country, organisation and, for a line, its unit. Never a person's name.
 *
 * <p>RDNs are encoded in this order, the country first: path validation compares name constraints by leading RDNs.
 */
public record PartyName(String country, String organisation, Optional<String> unit) {
    public PartyName {
        if (!country.matches("[A-Z]{2}")) {
            throw new IllegalArgumentException("country: ISO 3166-1 alpha-2 expected, got " + country);
        }
        requireText("organisation", organisation);
        unit.ifPresent(text -> requireText("unit", text));
    }

    public static PartyName of(String country, String organisation) {
        return new PartyName(country, organisation, Optional.empty());
    }

    /** The name of a production line, such as {@code DE-01}, of an organisation. */
    public static PartyName ofLine(String country, String organisation, String line) {
        return new PartyName(country, organisation, Optional.of(line));
    }

    /**
     * The party in a CA certificate's subject.
     *
     * @throws IllegalArgumentException if the subject has no single country and organisation
     */
    public static PartyName ofSubject(X509Certificate certificate) {
        X500Name subject =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        return new PartyName(
                only(subject, BCStyle.C).orElse(""), only(subject, BCStyle.O).orElse(""), only(subject, BCStyle.OU));
    }

    private static Optional<String> only(X500Name subject, ASN1ObjectIdentifier attribute) {
        RDN[] found = subject.getRDNs(attribute);
        return found.length == 1
                ? Optional.of(IETFUtils.valueToString(found[0].getFirst().getValue()))
                : Optional.empty();
    }

    X500Name base() {
        return builder().build();
    }

    X500Name withCommonName(String commonName) {
        requireText("commonName", commonName);
        return builder().addRDN(BCStyle.CN, commonName).build();
    }

    X500Name withSerialNumber(String serialNumber) {
        requireText("serialNumber", serialNumber);
        return builder().addRDN(BCStyle.SERIALNUMBER, serialNumber).build();
    }

    X500Name withPerson(String cardId, String personId) {
        requireText("cardId", cardId);
        requireText("personId", personId);
        return builder()
                .addRDN(BCStyle.CN, cardId)
                .addRDN(BCStyle.SERIALNUMBER, personId)
                .build();
    }

    private X500NameBuilder builder() {
        X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
        name.addRDN(BCStyle.C, country);
        name.addRDN(BCStyle.O, organisation);
        unit.ifPresent(text -> name.addRDN(BCStyle.OU, text));
        return name;
    }

    /** RFC 5280 appendix A bounds these attributes to 64 characters. */
    private static void requireText(String what, String text) {
        if (text.isBlank() || text.length() > 64) {
            throw new IllegalArgumentException(what + ": 1 to 64 characters expected, got '" + text + "'");
        }
    }
}
