package io.kryla.factory.pki;

import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;

/** Lets Bouncy Castle's builders sign through our port; inside X.509 an ECDSA signature is DER (RFC 5480, RFC 5758). */
final class SignerContentSigner implements ContentSigner {
    private final Signer signer;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    SignerContentSigner(Signer signer) {
        this.signer = signer;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new AlgorithmIdentifier(oid(signer.key().algorithm()));
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        byte[] raw = signer.sign(content.toByteArray()).bytes();
        ASN1EncodableVector rs = new ASN1EncodableVector();
        rs.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 0, raw.length / 2))));
        rs.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, raw.length / 2, raw.length))));
        try {
            return new DERSequence(rs).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ASN1ObjectIdentifier oid(SignatureAlgorithm algorithm) {
        switch (algorithm) {
            case ECDSA_P256_SHA256:
                return X9ObjectIdentifiers.ecdsa_with_SHA256;
            case ECDSA_P384_SHA384:
                return X9ObjectIdentifiers.ecdsa_with_SHA384;
            default:
                throw new IllegalArgumentException("signer: an ECDSA key expected, got " + algorithm);
        }
    }
}
