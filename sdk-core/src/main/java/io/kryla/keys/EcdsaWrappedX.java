package io.kryla.keys;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.spec.ECNamedCurveParameterSpec;

/**
 * The ECDSA signatures that JDK 17 wrongly refuses: r is the x coordinate of a point modulo the order n (SEC 1 §4.1.3), and the
 * JDK compares it with coordinates below n alone. Of honest signatures on P-256 it is one in 2³², but whoever looks for
 * one finds it, and it would be valid for every other verifier and not for us.
 */
final class EcdsaWrappedX {
    private EcdsaWrappedX() {}

    /** Whether an x coordinate of n or more could stand behind r: then p − n is larger than r. */
    static boolean isPossible(SignatureAlgorithm algorithm, byte[] signature) {
        ECNamedCurveParameterSpec curve = ECNamedCurveTable.getParameterSpec(algorithm.curve());
        BigInteger field = curve.getCurve().getField().getCharacteristic();
        return half(signature, 0).compareTo(field.subtract(curve.getN())) < 0;
    }

    static boolean verifies(SignatureAlgorithm algorithm, byte[] rawKey, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        ECNamedCurveParameterSpec curve = ECNamedCurveTable.getParameterSpec(algorithm.curve());
        byte[] point = new byte[1 + rawKey.length];
        point[0] = 4; // uncompressed (SEC 1 §2.3.3)
        System.arraycopy(rawKey, 0, point, 1, rawKey.length);
        ECDSASigner verifier = new ECDSASigner();
        verifier.init(
                false,
                new ECPublicKeyParameters(
                        curve.getCurve().decodePoint(point),
                        new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH())));
        byte[] hash = MessageDigest.getInstance(algorithm.jcaDigestName()).digest(message);
        return verifier.verifySignature(hash, half(signature, 0), half(signature, 1));
    }

    private static BigInteger half(byte[] signature, int which) {
        int length = signature.length / 2;
        return new BigInteger(1, Arrays.copyOfRange(signature, which * length, (which + 1) * length));
    }
}
