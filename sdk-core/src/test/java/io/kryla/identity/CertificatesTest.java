package io.kryla.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.identity.fixture.TestLicensor;
import org.junit.jupiter.api.Test;

class CertificatesTest {

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
