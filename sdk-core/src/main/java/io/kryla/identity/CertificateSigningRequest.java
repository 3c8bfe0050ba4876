package io.kryla.identity;

import io.kryla.keys.KrylaException;
import io.kryla.keys.Signer;
import io.kryla.keys.bouncycastle.SignerContentSigner;
import java.io.IOException;
import java.util.HexFormat;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/**
 * A PKCS#10 request (RFC 2986) that proves possession of its key now: it carries the issuer's fresh challenge as
 * challengePassword (RFC 2985 §5.4.1). Its subject is only a wish; the issuer names the unit.
 */
public final class CertificateSigningRequest {
    private static final HexFormat HEX = HexFormat.of();

    private CertificateSigningRequest() {}

    /** Makes the DER of a request over the signer's key. */
    public static byte[] create(Signer signer, String commonName, byte[] challenge) {
        PKCS10CertificationRequestBuilder request = new PKCS10CertificationRequestBuilder(
                new X500Name("CN=" + commonName),
                SubjectPublicKeyInfo.getInstance(signer.key().spki()));
        request.addAttribute(
                PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERPrintableString(HEX.formatHex(challenge)));
        try {
            return request.build(SignerContentSigner.of(signer)).getEncoded();
        } catch (IOException e) {
            throw new KrylaException("REQUEST_FAILED", "cannot encode a certificate request", false, e);
        }
    }
}
