package io.kryla.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.spec.ECNamedCurveParameterSpec;

/** A P-256 or P-384 secret, signed with the JDK. */
final class EcdsaPrivateKey implements PrivateKeyMaterial {
    private final VerificationKey key;
    private final PrivateKey privateKey;

    private EcdsaPrivateKey(VerificationKey key, PrivateKey privateKey) {
        this.key = key;
        this.privateKey = privateKey;
    }

    static EcdsaPrivateKey generate(SignatureAlgorithm algorithm, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(algorithm.curve()), random);
            KeyPair pair = generator.generateKeyPair();
            return new EcdsaPrivateKey(VerificationKey.of(pair.getPublic()), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every supported Java platform has " + algorithm.curve(), e);
        }
    }

    /** The public key is computed anew from the secret, so that a file can not pair a secret with a foreign key. */
    static Optional<PrivateKeyMaterial> fromPkcs8(byte[] pkcs8) {
        try {
            PrivateKey parsed = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (!(parsed instanceof ECPrivateKey secret)) {
                return Optional.empty();
            }
            for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
                if (algorithm.isEcdsa() && isOn(algorithm, secret)) {
                    return VerificationKey.fromRaw(algorithm, publicPoint(algorithm, secret))
                            .map(key -> new EcdsaPrivateKey(key, secret));
                }
            }
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    @Override
    public VerificationKey key() {
        return key;
    }

    @Override
    public Signature sign(byte[] message) {
        try {
            java.security.Signature signer =
                    java.security.Signature.getInstance(key.algorithm().jcaRawName());
            signer.initSign(privateKey);
            signer.update(message);
            return Signature.of(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every supported Java platform signs with " + key.algorithm(), e);
        }
    }

    @Override
    public byte[] pkcs8() {
        return privateKey.getEncoded();
    }

    private static boolean isOn(SignatureAlgorithm algorithm, ECPrivateKey secret) {
        ECNamedCurveParameterSpec curve = ECNamedCurveTable.getParameterSpec(algorithm.curve());
        return secret.getParams().getOrder().equals(curve.getN())
                && secret.getS().signum() > 0
                && secret.getS().compareTo(curve.getN()) < 0;
    }

    private static byte[] publicPoint(SignatureAlgorithm algorithm, ECPrivateKey secret) {
        ECNamedCurveParameterSpec curve = ECNamedCurveTable.getParameterSpec(algorithm.curve());
        byte[] point = curve.getG().multiply(secret.getS()).normalize().getEncoded(false);
        return Arrays.copyOfRange(point, 1, point.length);
    }
}
