package io.kryla.wycheproof;

import io.kryla.wycheproof.Vectors.Vector;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;

/**
 * Key agreement in TLS (RFC 8446 §4.2.8.2, §7.4.2), which the JDK does: from the bytes of a peer's key share to the shared
 * secret. Points are uncompressed and nothing else, as TLS has it; whatever leads to a secret of zeros is refused.
 */
class KeyAgreementVectorsTest {
    @Test
    void x25519() {
        Tally.hold(
                Vectors.of("x25519"),
                vector -> agrees(vector, KeyAgreementVectorsTest::x25519Secret),
                vector -> !vector.has("ZeroSharedSecret"),
                264,
                0,
                254);
    }

    @Test
    void p256() {
        Tally.hold(
                Vectors.of("ecdh_secp256r1_ecpoint"),
                vector -> agrees(vector, it -> curveSecret(it, "secp256r1")),
                compressed -> false,
                330,
                24,
                1);
    }

    @Test
    void p384() {
        Tally.hold(
                Vectors.of("ecdh_secp384r1_ecpoint"),
                vector -> agrees(vector, it -> curveSecret(it, "secp384r1")),
                compressed -> false,
                771,
                18,
                1);
    }

    private interface Agreement {
        byte[] secret(Vector vector) throws GeneralSecurityException;
    }

    private static boolean agrees(Vector vector, Agreement agreement) {
        try {
            return Arrays.equals(agreement.secret(vector), vector.bytes("shared"));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] x25519Secret(Vector vector) throws GeneralSecurityException {
        KeyFactory keys = KeyFactory.getInstance("X25519");
        byte[] share = vector.bytes("public");
        share[share.length - 1] &= 0x7f; // RFC 7748 §5: the highest bit is masked
        return secret(
                "X25519",
                keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, vector.bytes("private"))),
                keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, littleEndian(share))));
    }

    private static byte[] curveSecret(Vector vector, String curve) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve));
        ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
        KeyFactory keys = KeyFactory.getInstance("EC");
        return secret(
                "ECDH",
                keys.generatePrivate(new ECPrivateKeySpec(new BigInteger(1, vector.bytes("private")), spec)),
                keys.generatePublic(new ECPublicKeySpec(uncompressed(vector.bytes("public"), spec), spec)));
    }

    private static ECPoint uncompressed(byte[] share, ECParameterSpec spec) throws InvalidKeyException {
        int coordinate = (spec.getCurve().getField().getFieldSize() + 7) / 8;
        if (share.length != 1 + 2 * coordinate || share[0] != 4) {
            throw new InvalidKeyException("not an uncompressed point");
        }
        return new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(share, 1, 1 + coordinate)),
                new BigInteger(1, Arrays.copyOfRange(share, 1 + coordinate, share.length)));
    }

    private static byte[] secret(String algorithm, PrivateKey own, PublicKey peer) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance(algorithm);
        agreement.init(own);
        agreement.doPhase(peer, true);
        return agreement.generateSecret();
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[bytes.length - 1 - i] = bytes[i];
        }
        return new BigInteger(1, reversed);
    }
}
