package io.kryla.factory.token;

import io.kryla.keys.EcdsaDer;
import io.kryla.keys.Signature;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import io.kryla.keys.VerificationKey;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;

/** A key inside a token; what is here is a handle. */
final class TokenSigner implements Signer {
    private final TokenAddress token;
    private final String name;
    private final Provider provider;
    private final PrivateKey handle;
    private final VerificationKey key;

    TokenSigner(TokenAddress token, String name, Provider provider, PrivateKey handle, VerificationKey key) {
        this.token = token;
        this.name = name;
        this.provider = provider;
        this.handle = handle;
        this.key = key;
    }

    @Override
    public VerificationKey key() {
        return key;
    }

    /** @throws TokenException TOKEN_FAILED */
    @Override
    public Signature sign(byte[] message) {
        try {
            java.security.Signature signature = java.security.Signature.getInstance(jcaName(), provider);
            signature.initSign(handle);
            signature.update(message);
            return EcdsaDer.decode(signature.sign(), key.algorithm())
                    .orElseThrow(() -> TokenFault.failed(token, "answered with something that is no signature", null));
        } catch (GeneralSecurityException | ProviderException e) {
            throw TokenFault.failed(token, "did not sign with key " + name, e);
        }
    }

    private String jcaName() {
        return key.algorithm() == SignatureAlgorithm.ECDSA_P256_SHA256 ? "SHA256withECDSA" : "SHA384withECDSA";
    }

    @Override
    public String toString() {
        return "TokenSigner[" + name + " in " + token + ", " + key + "]";
    }
}
