package io.kryla.factory.pki;

import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.VerificationKey;

/** What holds for every certificate that is no authority's. */
final class Leaves {
    private Leaves() {}

    static void requireP256(VerificationKey key) {
        if (key.algorithm() != SignatureAlgorithm.ECDSA_P256_SHA256) {
            throw new IllegalArgumentException("key: P-256 expected, got " + key.algorithm());
        }
    }
}
