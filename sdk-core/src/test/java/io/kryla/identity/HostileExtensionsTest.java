package io.kryla.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.identity.fixture.CertificateDraft;
import io.kryla.identity.fixture.TestLicensor;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;

/** What a hostile line could put into a certificate that it signs: refused, never thrown at. */
class HostileExtensionsTest {
    private static final TestLicensor LICENSOR = new TestLicensor();
    private static final String SERIAL = "9999400000001";
    private static final ASN1ObjectIdentifier HARDWARE_MODULE_NAME = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.4");
    private static final ASN1ObjectIdentifier DESIGN = new ASN1ObjectIdentifier(TestLicensor.DESIGN_OID);

    @Test
    void refusesEveryMalformedHardwareModuleName() {
        DEROctetString serial = new DEROctetString(SERIAL.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        List<ASN1Encodable> otherNames = List.of(
                sequence(),
                sequence(HARDWARE_MODULE_NAME),
                sequence(HARDWARE_MODULE_NAME, sequence(DESIGN, serial)),
                sequence(HARDWARE_MODULE_NAME, tagged(1, sequence(DESIGN, serial))),
                sequence(HARDWARE_MODULE_NAME, tagged(0, serial)),
                sequence(HARDWARE_MODULE_NAME, tagged(0, sequence())),
                sequence(HARDWARE_MODULE_NAME, tagged(0, sequence(serial, DESIGN))),
                sequence(HARDWARE_MODULE_NAME, tagged(0, sequence(DESIGN, new DERUTF8String(SERIAL)))),
                sequence(HARDWARE_MODULE_NAME, tagged(0, sequence(DESIGN, serial, serial))),
                sequence(DESIGN, tagged(0, sequence(DESIGN, serial))));
        for (ASN1Encodable otherName : otherNames) {
            GeneralName name = new GeneralName(GeneralName.otherName, otherName);
            CertificateDraft draft = SpoiltDraft.alternativeNames(draft(), false, name);
            assertThat(refusal(draft)).as(otherName.toString()).isEqualTo(PathRejection.NAME);
        }
        CertificateDraft noNames = SpoiltDraft.extension(draft(), Extension.subjectAlternativeName, false, sequence());
        assertThat(refusal(noNames)).isEqualTo(PathRejection.NAME);
    }

    @Test
    void refusesMalformedPolicies() {
        for (ASN1Encodable policies : List.of(sequence(), sequence(DESIGN), new DEROctetString(new byte[3]))) {
            CertificateDraft draft = SpoiltDraft.extension(draft(), Extension.certificatePolicies, false, policies);
            assertThat(refusal(draft)).isIn(PathRejection.POLICY, PathRejection.PATH);
        }
    }

    /** A certificate that does not even parse is refused earlier. */
    private static PathRejection refusal(CertificateDraft draft) {
        return LICENSOR.lineCa()
                .tryIssue(draft, TestLicensor.p256().key())
                .map(chain -> PathValidator.of(LICENSOR.root().certificate())
                        .validateIdevid(chain, TestLicensor.LICENSE_OID, TestLicensor.NOW, LICENSOR.crls()))
                .map(result -> ((PathResult.Rejected) result).code())
                .orElse(PathRejection.NAME);
    }

    private static CertificateDraft draft() {
        return CertificateDraft.idevid(TestLicensor.LINE, SERIAL, TestLicensor.DESIGN_OID, TestLicensor.LICENSE_OID);
    }

    private static DERSequence sequence(ASN1Encodable... elements) {
        ASN1EncodableVector vector = new ASN1EncodableVector();
        for (ASN1Encodable element : elements) {
            vector.add(element);
        }
        return new DERSequence(vector);
    }

    private static DERTaggedObject tagged(int tag, ASN1Encodable value) {
        return new DERTaggedObject(true, tag, value);
    }
}
