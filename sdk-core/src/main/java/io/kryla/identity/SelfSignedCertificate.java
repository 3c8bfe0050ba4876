package io.kryla.identity;

import io.kryla.keys.KrylaException;
import io.kryla.keys.Signer;
import io.kryla.keys.VerificationKey;
import io.kryla.keys.bouncycastle.SignerContentSigner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/**
 * What an airframe presents in TLS before it has an IDevID (protocol.md §8): it says nothing but "I hold this key", and
 * it holds forever, since an airframe that was never provisioned has no clock to trust.
 */
public final class SelfSignedCertificate {
    private static final X500Name UNPROVISIONED = new X500Name("CN=unprovisioned");
    private static final Instant NOT_BEFORE = Instant.parse("2020-01-01T00:00:00Z");
    /** RFC 5280 §4.1.2.5: no well-defined expiration. */
    private static final Instant NOT_AFTER = Instant.parse("9999-12-31T23:59:59Z");

    private SelfSignedCertificate() {}

    /** Makes the certificate of the signer's key. */
    public static X509Certificate create(Signer signer) {
        X509v3CertificateBuilder certificate = new X509v3CertificateBuilder(
                UNPROVISIONED,
                BigInteger.ONE,
                Date.from(NOT_BEFORE),
                Date.from(NOT_AFTER),
                UNPROVISIONED,
                SubjectPublicKeyInfo.getInstance(signer.key().spki()));
        try {
            byte[] der = certificate.build(SignerContentSigner.of(signer)).getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (IOException | GeneralSecurityException e) {
            throw new KrylaException("CERTIFICATE_FAILED", "cannot encode a self-signed certificate", false, e);
        }
    }

    /** The key of an untrusted chain that is exactly one certificate signed by its own key; otherwise empty. */
    public static Optional<VerificationKey> keyOf(CertificateChain untrusted) {
        if (untrusted.certificates().size() != 1) {
            return Optional.empty();
        }
        X509Certificate certificate = untrusted.certificates().get(0);
        try {
            certificate.verify(certificate.getPublicKey());
        } catch (GeneralSecurityException | RuntimeException e) {
            return Optional.empty();
        }
        return VerificationKey.fromSpki(certificate.getPublicKey().getEncoded());
    }
}
