package io.kryla.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerificationKeyTest {
    private static final byte[] MESSAGE = {1, 2, 3};

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void verifiesWhatItsSignerSignedAndNothingElse(SignatureAlgorithm algorithm) {
        SoftwareSigner signer = SoftwareSigner.generate(algorithm, new SecureRandom());
        Signature signature = signer.sign(MESSAGE);
        assertThat(signature.bytes()).hasSize(algorithm.signatureLength());
        assertThat(signer.key().verify(MESSAGE, signature)).isTrue();
        assertThat(signer.key().verify(new byte[] {1, 2, 4}, signature)).isFalse();
        byte[] bytes = signature.bytes();
        for (int i = 0; i < bytes.length; i++) {
            byte[] flipped = bytes.clone();
            flipped[i] ^= 1;
            assertThat(signer.key().verify(MESSAGE, Signature.of(flipped))).isFalse();
        }
        assertThat(signer.key().verify(MESSAGE, Signature.of(new byte[bytes.length])))
                .isFalse();
        assertThat(signer.key().verify(MESSAGE, Signature.of(new byte[0]))).isFalse();
        assertThat(signer.key().verify(MESSAGE, Signature.of(Arrays.copyOf(bytes, bytes.length + 1))))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void survivesEveryOneOfItsForms(SignatureAlgorithm algorithm) {
        VerificationKey key =
                SoftwareSigner.generate(algorithm, new SecureRandom()).key();
        assertThat(VerificationKey.fromSpki(key.spki())).contains(key);
        assertThat(VerificationKey.fromProto(key.toProto())).contains(key);
        assertThat(VerificationKey.fromRaw(algorithm, key.rawBytes())).contains(key);
        assertThat(VerificationKey.of(key.toPublicKey())).isEqualTo(key);
        assertThat(key.keyId()).isEqualTo(Digest.sha256(key.spki()).hex());
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void refusesAKeyOfAnotherAlgorithmThanItNames(SignatureAlgorithm algorithm) {
        VerificationKey key =
                SoftwareSigner.generate(algorithm, new SecureRandom()).key();
        for (SignatureAlgorithm other : SignatureAlgorithm.values()) {
            assertThat(VerificationKey.fromProto(key.toProto().toBuilder()
                                    .setAlgorithm(other.toProto())
                                    .build())
                            .isPresent())
                    .isEqualTo(other == algorithm);
        }
    }

    @Test
    void refusesPointsThatAreNotOnTheCurve() {
        byte[] spki = SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P256_SHA256, new SecureRandom())
                .key()
                .spki();
        spki[spki.length - 1] ^= 1;
        assertThat(VerificationKey.fromSpki(spki)).isEmpty();
        assertThat(VerificationKey.fromRaw(SignatureAlgorithm.ECDSA_P384_SHA384, new byte[96]))
                .isEmpty();
    }

    @Test
    void refusesEd25519PointsOfSmallOrder() {
        for (String point : new String[] {
            "0100000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
        }) {
            assertThat(VerificationKey.fromRaw(
                            SignatureAlgorithm.ED25519, HexFormat.of().parseHex(point)))
                    .isEmpty();
        }
    }

    @Test
    void refusesOtherKindsOfKeys() throws NoSuchAlgorithmException {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        java.security.PublicKey key = rsa.generateKeyPair().getPublic();
        assertThat(VerificationKey.fromSpki(key.getEncoded())).isEmpty();
        assertThatThrownBy(() -> VerificationKey.of(key)).isInstanceOf(IllegalArgumentException.class);
    }

    /** RFC 8032 §7.1, test 2. */
    @Test
    void agreesWithThePublishedEd25519Vector() {
        VerificationKey key = VerificationKey.fromRaw(
                        SignatureAlgorithm.ED25519,
                        HexFormat.of().parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))
                .orElseThrow();
        Signature signature = Signature.of(HexFormat.of()
                .parseHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
        assertThat(key.verify(new byte[] {0x72}, signature)).isTrue();
    }
}
