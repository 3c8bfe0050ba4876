package io.kryla.identity;

import io.kryla.keys.Digest;
import io.kryla.keys.EcdsaDer;
import io.kryla.keys.SignatureAlgorithm;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;

/** X.509 certificates and revocation lists from and to bytes. Parsing is bounded and never throws on content. */
public final class Certificates {
    /** Largest certificate in bytes. */
    public static final int LARGEST_CERTIFICATE = 8_192;

    /** Largest revocation list in bytes. */
    public static final int LARGEST_CRL = 1 << 20;

    /** RFC 5280 §4.1 and §5.1: both are a sequence of content, algorithm, signature. */
    private static final int ALGORITHM_FIELD = 1;

    private static final int SIGNATURE_FIELD = 2;

    /** Whatever key signed: integers that are too large for a smaller curve do not verify. */
    private static final SignatureAlgorithm LARGEST_SIGNATURE = SignatureAlgorithm.ECDSA_P384_SHA384;

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----\n";
    private static final String END = "\n-----END CERTIFICATE-----\n";

    private Certificates() {}

    /** Reads one untrusted certificate; empty unless the bytes are exactly its DER. */
    public static Optional<X509Certificate> fromDer(byte[] untrusted) {
        if (untrusted.length > LARGEST_CERTIFICATE) {
            return Optional.empty();
        }
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(untrusted));
            return Arrays.equals(certificate.getEncoded(), untrusted) && isPlainlySigned(untrusted)
                    ? Optional.of(certificate)
                    : Optional.empty();
        } catch (GeneralSecurityException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Reads one untrusted revocation list; empty unless the bytes are exactly its DER. */
    public static Optional<X509CRL> crlFromDer(byte[] untrusted) {
        if (untrusted.length > LARGEST_CRL) {
            return Optional.empty();
        }
        try {
            X509CRL crl =
                    (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(untrusted));
            return Arrays.equals(crl.getEncoded(), untrusted) && isPlainlySigned(untrusted)
                    ? Optional.of(crl)
                    : Optional.empty();
        } catch (GeneralSecurityException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /**
     * No signature covers the outer algorithm and the signature's own BIT STRING. Another algorithm than the inner one, or
     * one with parameters (RFC 5758 §3.2), a count of unused bits other than 0, or another form of the two integers than DER
     * (the platform takes one without its leading zero), would be a second form of the same certificate.
     */
    private static boolean isPlainlySigned(byte[] der) {
        ASN1Sequence signed = ASN1Sequence.getInstance(der);
        ASN1Sequence algorithm = ASN1Sequence.getInstance(signed.getObjectAt(ALGORITHM_FIELD));
        if (algorithm.size() != 1 || !algorithm.equals(innerAlgorithm(signed))) {
            return false;
        }
        ASN1Encodable field = signed.getObjectAt(SIGNATURE_FIELD);
        ASN1BitString signature = ASN1BitString.getInstance(field);
        return signature.getPadBits() == 0
                && EcdsaDer.decode(signature.getOctets(), LARGEST_SIGNATURE).isPresent();
    }

    /** The first sequence inside what is signed, of a certificate and a list alike: version and serial are none. */
    private static ASN1Sequence innerAlgorithm(ASN1Sequence signed) {
        for (ASN1Encodable field : ASN1Sequence.getInstance(signed.getObjectAt(0))) {
            if (field.toASN1Primitive() instanceof ASN1Sequence algorithm) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("no algorithm inside");
    }

    /** Reads untrusted PEM of one certificate; empty unless it is exactly what {@link #toPem} writes. */
    public static Optional<X509Certificate> fromPem(byte[] untrusted) {
        String pem = new String(untrusted, StandardCharsets.ISO_8859_1);
        if (untrusted.length > 2 * LARGEST_CERTIFICATE || !pem.startsWith(BEGIN) || !pem.endsWith(END)) {
            return Optional.empty();
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.substring(BEGIN.length(), pem.length() - END.length()));
            return fromDer(der).filter(certificate -> toPem(certificate).equals(pem));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** PEM with lines of 64 characters (RFC 7468). */
    public static String toPem(X509Certificate certificate) {
        return BEGIN + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(toDer(certificate)) + END;
    }

    /** The exact signed bytes. */
    public static byte[] toDer(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that exists has an encoding", e);
        }
    }

    /** The exact signed bytes. */
    public static byte[] toDer(X509CRL crl) {
        try {
            return crl.getEncoded();
        } catch (CRLException e) {
            throw new IllegalStateException("a revocation list that exists has an encoding", e);
        }
    }

    /** SHA-256 of the DER. */
    public static Digest sha256(X509Certificate certificate) {
        return Digest.sha256(toDer(certificate));
    }
}
