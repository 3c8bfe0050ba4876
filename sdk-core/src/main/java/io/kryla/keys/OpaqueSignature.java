package io.kryla.keys;

import java.io.ByteArrayOutputStream;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/** Collects the message, has the signer sign it, and gives DER as JCA expects of ECDSA. */
final class OpaqueSignature extends SignatureSpi {
    private final SignatureAlgorithm algorithm;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private @Nullable Signer signer;

    OpaqueSignature(SignatureAlgorithm algorithm) {
        this.algorithm = algorithm;
    }

    @Override
    protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
        throw new InvalidKeyException("signs only; verification belongs to the JDK's own provider");
    }

    @Override
    protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
        if (!(privateKey instanceof OpaquePrivateKey opaque)) {
            throw new InvalidKeyException("signs with opaque keys only");
        }
        Signer candidate = opaque.signer();
        if (candidate.key().algorithm() != algorithm) {
            throw new InvalidKeyException(
                    algorithm + " expected, got " + candidate.key().algorithm());
        }
        signer = candidate;
        message.reset();
    }

    @Override
    protected void engineUpdate(byte b) {
        message.write(b);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) {
        message.write(bytes, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
        if (signer == null) {
            throw new SignatureException("not initialised");
        }
        byte[] signed = message.toByteArray();
        message.reset();
        try {
            return EcdsaDer.encode(signer.sign(signed));
        } catch (KrylaException e) {
            throw new SignatureException(e.getMessage(), e);
        }
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
        throw new SignatureException("signs only");
    }

    @Override
    protected void engineSetParameter(@Nullable AlgorithmParameterSpec parameters) {
        if (parameters != null) {
            throw new IllegalArgumentException("parameters: none expected");
        }
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
        throw new UnsupportedOperationException("ECDSA here has no parameters");
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
        throw new UnsupportedOperationException("ECDSA here has no parameters");
    }
}
