package io.kryla.keys;

import java.security.SecureRandom;
import java.util.Optional;

/** A private key in this process's memory. It leaves only through {@link EncryptedKeyFile}. Safe for any thread. */
public final class SoftwareSigner implements Signer {
    private final PrivateKeyMaterial material;

    private SoftwareSigner(PrivateKeyMaterial material) {
        this.material = material;
    }

    /** Makes a fresh key out of a cryptographic random source. */
    public static SoftwareSigner generate(SignatureAlgorithm algorithm, SecureRandom random) {
        return new SoftwareSigner(
                algorithm.isEcdsa() ? EcdsaPrivateKey.generate(algorithm, random) : Ed25519PrivateKey.generate(random));
    }

    /** Reads an unencrypted PKCS#8 key; empty unless it is one of the known algorithms. */
    static Optional<SoftwareSigner> fromPkcs8(byte[] pkcs8) {
        return Ed25519PrivateKey.fromPkcs8(pkcs8)
                .or(() -> EcdsaPrivateKey.fromPkcs8(pkcs8))
                .map(SoftwareSigner::new);
    }

    /** The secret itself, unencrypted; the caller wipes it. */
    byte[] pkcs8() {
        return material.pkcs8();
    }

    @Override
    public VerificationKey key() {
        return material.key();
    }

    @Override
    public Signature sign(byte[] message) {
        return material.sign(message);
    }

    @Override
    public String toString() {
        return "SoftwareSigner[" + key() + ", private key redacted]";
    }
}
