package io.kryla.identity;

import io.kryla.identity.fixture.CertificateDraft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** A draft's extensions in Bouncy Castle's types, which the draft itself, being shipped, does not show. */
final class SpoiltDraft {
    private static final ASN1ObjectIdentifier HARDWARE_MODULE_NAME = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.4");

    private SpoiltDraft() {}

    static CertificateDraft alternativeNames(CertificateDraft draft, boolean critical, GeneralName... names) {
        return extension(draft, Extension.subjectAlternativeName, critical, new GeneralNames(names));
    }

    static CertificateDraft without(CertificateDraft draft, ASN1ObjectIdentifier oid) {
        return draft.without(oid.getId());
    }

    static CertificateDraft extension(
            CertificateDraft draft, ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        try {
            return draft.extension(
                    oid.getId(), critical, value.toASN1Primitive().getEncoded("DER"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static GeneralName hardwareModuleName(String designOid, String serial) {
        DERSequence module = new DERSequence(new ASN1Encodable[] {
            new ASN1ObjectIdentifier(designOid), new DEROctetString(serial.getBytes(StandardCharsets.US_ASCII))
        });
        return new GeneralName(
                GeneralName.otherName,
                new DERSequence(new ASN1Encodable[] {HARDWARE_MODULE_NAME, new DERTaggedObject(true, 0, module)}));
    }
}
