package io.kryla.keys;

/** A secret key of one algorithm. */
interface PrivateKeyMaterial {
    VerificationKey key();

    Signature sign(byte[] message);

    /** Unencrypted PKCS#8 (RFC 5208); the caller wipes it. */
    byte[] pkcs8();
}
