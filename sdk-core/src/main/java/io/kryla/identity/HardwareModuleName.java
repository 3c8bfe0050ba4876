package io.kryla.identity;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** HardwareModuleName ::= SEQUENCE { hwType OBJECT IDENTIFIER, hwSerialNum OCTET STRING } (RFC 4108 §5). */
record HardwareModuleName(String type, String serial) {
    private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    private static final String ON_HARDWARE_MODULE_NAME = "1.3.6.1.5.5.7.8.4";

    /** The certificate's one alternative name; empty when there is none, another, a second, or it is critical. */
    static Optional<HardwareModuleName> onlyNameOf(X509Certificate certificate) {
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        if (critical != null && critical.contains(SUBJECT_ALTERNATIVE_NAME)) {
            return Optional.empty();
        }
        return DerExtension.read(certificate, SUBJECT_ALTERNATIVE_NAME, HardwareModuleName::parse)
                .flatMap(Function.identity());
    }

    /** Throws unchecked on malformed content, which the reader of the extension catches. */
    private static Optional<HardwareModuleName> parse(ASN1Primitive untrusted) {
        GeneralName[] names = GeneralNames.getInstance(untrusted).getNames();
        if (names.length != 1 || names[0].getTagNo() != GeneralName.otherName) {
            return Optional.empty();
        }
        ASN1Sequence otherName = ASN1Sequence.getInstance(names[0].getName());
        if (otherName.size() != 2 || !oid(otherName, 0).equals(ON_HARDWARE_MODULE_NAME)) {
            return Optional.empty();
        }
        ASN1Sequence module = ASN1Sequence.getInstance(
                ASN1TaggedObject.getInstance(otherName.getObjectAt(1), 128, 0).getExplicitBaseObject());
        if (module.size() != 2) {
            return Optional.empty();
        }
        byte[] serial = ASN1OctetString.getInstance(module.getObjectAt(1)).getOctets();
        String text = new String(serial, StandardCharsets.US_ASCII);
        return Arrays.equals(text.getBytes(StandardCharsets.US_ASCII), serial)
                ? Optional.of(new HardwareModuleName(oid(module, 0), text))
                : Optional.empty();
    }

    private static String oid(ASN1Sequence sequence, int index) {
        return ASN1ObjectIdentifier.getInstance(sequence.getObjectAt(index)).getId();
    }
}
