package io.kryla.factory.token;

import io.kryla.keys.Signer;
import io.kryla.keys.bouncycastle.SignerContentSigner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/** The certificate beside a key in a token: it holds the public part and proves nothing. */
final class KeyLabel {
    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant NO_END = Instant.parse("9999-12-31T23:59:59Z");

    private KeyLabel() {}

    static X509Certificate certificate(String name, Signer signer) throws GeneralSecurityException {
        var subject =
                new X500NameBuilder().addRDN(BCStyle.CN, "key label " + name).build();
        try {
            byte[] der = new X509v3CertificateBuilder(
                            subject,
                            BigInteger.ONE,
                            Date.from(START),
                            Date.from(NO_END),
                            subject,
                            SubjectPublicKeyInfo.getInstance(signer.key().spki()))
                    .build(SignerContentSigner.of(signer))
                    .getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
