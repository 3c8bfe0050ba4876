package io.kryla.identity;

import io.kryla.keys.Signer;
import io.kryla.keys.VerificationKey;
import java.util.Optional;

/** What one side of a TLS connection is known by: a key that never leaves its signer, and its certificates. */
public record TlsIdentity(Signer key, CertificateChain chain) {
    public TlsIdentity {
        Optional<VerificationKey> certified =
                VerificationKey.fromSpki(chain.leaf().getPublicKey().getEncoded());
        if (!certified.equals(Optional.of(key.key()))) {
            throw new IllegalArgumentException("chain: a leaf certificate over key " + key.key() + " expected");
        }
    }
}
