package io.kryla.wycheproof;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.keys.EcdsaDer;
import io.kryla.keys.Signature;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.VerificationKey;
import io.kryla.wycheproof.Vectors.Vector;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What verifies in Kryla: {@link VerificationKey} everywhere, and in certificates and TLS the JDK's DER form. */
class SignatureVectorsTest {
    @Test
    void ed25519() {
        Tally.hold(Vectors.of("ed25519"), SignatureVectorsTest::verifiesRaw, none -> false, 88, 63, 0);
    }

    @Test
    void rawEcdsaOnP256() {
        Tally.hold(
                Vectors.of("ecdsa_secp256r1_sha256_p1363"),
                SignatureVectorsTest::verifiesRaw,
                none -> false,
                173,
                89,
                0);
    }

    @Test
    void rawEcdsaOnP384() {
        Tally.hold(
                Vectors.of("ecdsa_secp384r1_sha384_p1363"),
                SignatureVectorsTest::verifiesRaw,
                none -> false,
                193,
                87,
                0);
    }

    @Test
    void derOfEcdsaMadeRaw() {
        Tally.hold(Vectors.of("ecdsa_secp256r1_sha256"), SignatureVectorsTest::verifiesDer, none -> false, 174, 310, 0);
        Tally.hold(Vectors.of("ecdsa_secp384r1_sha384"), SignatureVectorsTest::verifiesDer, none -> false, 194, 310, 0);
    }

    /**
     * A certificate's signature is verified by the JDK, after {@code Certificates} has seen that it is DER; the JDK alone
     * would take an integer without its leading zero. It refuses two valid vectors of each curve whose r has wrapped around
     * the order, see {@code EcdsaWrappedX}: a certificate authority would have to look for one.
     */
    @Test
    void derOfEcdsaInCertificates() {
        Tally.hold(
                withoutWrappedX("ecdsa_secp256r1_sha256"),
                vector -> isDer(vector) && verifiesWithTheJdk(vector, "SHA256withECDSA"),
                none -> false,
                172,
                310,
                0);
        Tally.hold(
                withoutWrappedX("ecdsa_secp384r1_sha384"),
                vector -> isDer(vector) && verifiesWithTheJdk(vector, "SHA384withECDSA"),
                none -> false,
                192,
                310,
                0);
    }

    private static List<Vector> withoutWrappedX(String name) {
        Set<String> wrapped = Set.of(
                "k*G has a large x-coordinate",
                "r = 3, x = n + 3 is the smallest possible x with a reduction",
                "r = 2, x = n + 2 is the smallest possible x with a reduction");
        return Vectors.of(name).stream()
                .filter(vector -> !wrapped.contains(vector.comment()) || vector.result() != Vectors.Result.VALID)
                .toList();
    }

    private static boolean isDer(Vector vector) {
        return EcdsaDer.decode(vector.bytes("sig"), key(vector).algorithm()).isPresent();
    }

    private static boolean verifiesRaw(Vector vector) {
        return key(vector).verify(vector.bytes("msg"), Signature.of(vector.bytes("sig")));
    }

    /** A signature that we take to be valid has one DER form, the one that we give it ourselves. */
    private static boolean verifiesDer(Vector vector) {
        VerificationKey key = key(vector);
        byte[] der = vector.bytes("sig");
        return EcdsaDer.decode(der, key.algorithm())
                .filter(raw -> key.verify(vector.bytes("msg"), raw))
                .filter(raw -> Arrays.equals(EcdsaDer.encode(raw), der))
                .isPresent();
    }

    private static boolean verifiesWithTheJdk(Vector vector, String algorithm) {
        try {
            java.security.Signature verifier = java.security.Signature.getInstance(algorithm);
            verifier.initVerify(key(vector).toPublicKey());
            verifier.update(vector.bytes("msg"));
            return verifier.verify(vector.bytes("sig"));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static VerificationKey key(Vector vector) {
        VerificationKey key =
                VerificationKey.fromSpki(vector.groupBytes("publicKeyDer")).orElseThrow();
        assertThat(key.algorithm())
                .isEqualTo(
                        vector.file().startsWith("ed25519")
                                ? SignatureAlgorithm.ED25519
                                : vector.file().contains("secp256r1")
                                        ? SignatureAlgorithm.ECDSA_P256_SHA256
                                        : SignatureAlgorithm.ECDSA_P384_SHA384);
        return key;
    }
}
