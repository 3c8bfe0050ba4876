package io.kryla.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.identity.fixture.TestLicensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;

class CertificatesTest {
    /** Where the length of r stands in the DER of a signature. */
    private static final int R_LENGTH = 3;

    /** No signature covers the count of unused bits in front of the signature itself. */
    @Test
    void refusesASecondFormOfTheSameCertificate() {
        byte[] der = Certificates.toDer(
                new TestLicensor().station("station-1").chain().leaf());
        int unusedBits = signatureAt(der) + 2;
        assertThat(der[unusedBits]).isZero();
        assertThat(Certificates.fromDer(der)).isPresent();
        for (int bits = 1; bits < 256; bits++) {
            byte[] changed = der.clone();
            changed[unusedBits] = (byte) bits;
            assertThat(Certificates.fromDer(changed)).isEmpty();
        }
    }

    /** The platform takes an integer without its leading zero for the same number. */
    @Test
    void refusesASignatureThatIsNotDer() throws Exception {
        X509Certificate certificate = certificateWithALeadingZero();
        byte[] der = certificate.getSignature();
        byte[] shorter = new byte[der.length - 1];
        System.arraycopy(der, 0, shorter, 0, R_LENGTH + 1);
        System.arraycopy(der, R_LENGTH + 2, shorter, R_LENGTH + 1, der.length - R_LENGTH - 2);
        shorter[1]--;
        shorter[R_LENGTH]--;
        byte[] changed = withSignature(certificate, shorter);

        X509Certificate taken = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(changed));
        assertThat(taken.getTBSCertificate()).isEqualTo(certificate.getTBSCertificate());
        assertThat(Certificates.fromDer(withSignature(certificate, der))).contains(certificate);
        assertThat(Certificates.fromDer(changed)).isEmpty();
        assertThat(CertificateChain.fromTls(new Certificate[] {certificate})).isPresent();
        assertThat(CertificateChain.fromTls(new Certificate[] {taken})).isEmpty();
    }

    private static X509Certificate certificateWithALeadingZero() {
        TestLicensor licensor = new TestLicensor();
        return IntStream.range(0, 100)
                .mapToObj(i -> licensor.station("station-" + i).chain().leaf())
                .filter(candidate -> candidate.getSignature()[R_LENGTH + 1] == 0)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] withSignature(X509Certificate certificate, byte[] signature) throws IOException {
        ASN1Sequence sequence = ASN1Sequence.getInstance(Certificates.toDer(certificate));
        return new DERSequence(new ASN1Encodable[] {
                    sequence.getObjectAt(0), sequence.getObjectAt(1), new DERBitString(signature)
                })
                .getEncoded("DER");
    }

    /** The last BIT STRING that reaches to the end of the certificate. */
    private static int signatureAt(byte[] der) {
        for (int at = der.length - 3; at > 0; at--) {
            if (der[at] == 0x03 && (der[at + 1] & 0xff) == der.length - at - 2 && der[at + 2] == 0) {
                return at;
            }
        }
        throw new AssertionError("no signature in the certificate");
    }
}
