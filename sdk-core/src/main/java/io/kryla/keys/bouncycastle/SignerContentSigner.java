package io.kryla.keys.bouncycastle;

import io.kryla.keys.EcdsaDer;
import io.kryla.keys.Signature;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;

/** Lets Bouncy Castle's builders sign with a {@link Signer}, whose key never leaves it. One use each. */
public final class SignerContentSigner implements ContentSigner {
    private final Signer signer;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    private SignerContentSigner(Signer signer) {
        this.signer = signer;
    }

    public static SignerContentSigner of(Signer signer) {
        return new SignerContentSigner(signer);
    }

    /** RFC 5758 §3.2 and RFC 8410 §3: without parameters. */
    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        SignatureAlgorithm algorithm = signer.key().algorithm();
        if (algorithm == SignatureAlgorithm.ECDSA_P256_SHA256) {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        }
        if (algorithm == SignatureAlgorithm.ECDSA_P384_SHA384) {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);
        }
        return new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        Signature signature = signer.sign(content.toByteArray());
        return signer.key().algorithm() == SignatureAlgorithm.ED25519 ? signature.bytes() : EcdsaDer.encode(signature);
    }
}
