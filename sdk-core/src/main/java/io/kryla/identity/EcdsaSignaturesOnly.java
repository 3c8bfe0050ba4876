package io.kryla.identity;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Leaves TLS the two signature algorithms that Kryla's certificates use; other kinds of algorithm are not judged. */
final class EcdsaSignaturesOnly implements AlgorithmConstraints {
    /** JSSE asks thrice of each scheme: by its name in TLS, by its kind of key, by its algorithm. */
    private static final Set<String> SIGNATURES =
            Set.of("ecdsa_secp256r1_sha256", "ecdsa_secp384r1_sha384", "EC", "SHA256withECDSA", "SHA384withECDSA");

    @Override
    public boolean permits(
            Set<CryptoPrimitive> primitives, @Nullable String algorithm, @Nullable AlgorithmParameters parameters) {
        return !primitives.contains(CryptoPrimitive.SIGNATURE) || algorithm == null || SIGNATURES.contains(algorithm);
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
        return true;
    }

    @Override
    public boolean permits(
            Set<CryptoPrimitive> primitives,
            @Nullable String algorithm,
            Key key,
            @Nullable AlgorithmParameters parameters) {
        return permits(primitives, algorithm, parameters);
    }
}
