package io.kryla.keys;

import com.google.protobuf.ByteString;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A public key that verifies signatures. Its curve point was checked when it was made, and its
 * SubjectPublicKeyInfo is the one DER form of that key, so two keys are equal exactly if their key ids are.
 *
 * <p>Immutable and safe for any thread.
 */
public final class VerificationKey {
    private final SignatureAlgorithm algorithm;
    private final byte[] spki;
    private final Digest spkiSha256;
    private final PublicKey publicKey;

    private VerificationKey(SignatureAlgorithm algorithm, byte[] spki) throws GeneralSecurityException {
        this.algorithm = algorithm;
        this.spki = spki;
        this.spkiSha256 = Digest.sha256(spki);
        this.publicKey = KeyFactory.getInstance(algorithm.isEcdsa() ? "EC" : "Ed25519")
                .generatePublic(new X509EncodedKeySpec(spki));
    }

    /** A key the caller made or trusts; throws for anything but P-256, P-384 and Ed25519. */
    public static VerificationKey of(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return fromSpki(encoded == null ? new byte[0] : encoded)
                .orElseThrow(() -> new IllegalArgumentException(
                        "key: P-256, P-384 (uncompressed, named curve) or Ed25519 expected, got "
                                + key.getAlgorithm()));
    }

    /**
     * Reads an untrusted SubjectPublicKeyInfo (RFC 5280 §4.1, RFC 5480, RFC 8410). Empty unless it is the DER form of a
     * known algorithm with a named curve and an uncompressed point on that curve; Ed25519 points of small order are
     * refused too.
     */
    public static Optional<VerificationKey> fromSpki(byte[] untrusted) {
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            byte[] prefix = algorithm.spkiPrefix();
            if (untrusted.length == algorithm.spkiLength()
                    && Arrays.equals(untrusted, 0, prefix.length, prefix, 0, prefix.length)) {
                return onCurve(algorithm, untrusted, prefix.length)
                        ? construct(algorithm, untrusted.clone())
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Reads an untrusted message; empty if the key is malformed or is not of the algorithm it names. */
    public static Optional<VerificationKey> fromProto(io.kryla.v1.PublicKey untrusted) {
        return fromSpki(untrusted.getSubjectPublicKeyInfo().toByteArray())
                .filter(key -> key.algorithm.toProto() == untrusted.getAlgorithm());
    }

    /** Reads the untrusted bytes that {@link #rawBytes()} gives. */
    public static Optional<VerificationKey> fromRaw(SignatureAlgorithm algorithm, byte[] untrusted) {
        byte[] prefix = algorithm.spkiPrefix();
        if (untrusted.length != algorithm.spkiLength() - prefix.length) {
            return Optional.empty();
        }
        byte[] spki = Arrays.copyOf(prefix, algorithm.spkiLength());
        System.arraycopy(untrusted, 0, spki, prefix.length, untrusted.length);
        return fromSpki(spki);
    }

    public SignatureAlgorithm algorithm() {
        return algorithm;
    }

    /** A copy of the DER SubjectPublicKeyInfo. */
    public byte[] spki() {
        return spki.clone();
    }

    public Digest spkiSha256() {
        return spkiSha256;
    }

    /** Lower-case hexadecimal SHA-256 of the SubjectPublicKeyInfo; the DSSE key id. */
    public String keyId() {
        return spkiSha256.hex();
    }

    /** True only if the holder of this key's private part signed exactly these bytes. Never throws. */
    public boolean verify(byte[] message, Signature signature) {
        if (signature.length() != algorithm.signatureLength()) {
            return false;
        }
        return algorithm.isEcdsa() ? verifyEcdsa(message, signature) : verifyEd25519(message, signature);
    }

    public PublicKey toPublicKey() {
        return publicKey;
    }

    public io.kryla.v1.PublicKey toProto() {
        return io.kryla.v1.PublicKey.newBuilder()
                .setAlgorithm(algorithm.toProto())
                .setSubjectPublicKeyInfo(ByteString.copyFrom(spki))
                .build();
    }

    /** The key alone without its SubjectPublicKeyInfo frame: 32 bytes for Ed25519, X ‖ Y for ECDSA. */
    public byte[] rawBytes() {
        return Arrays.copyOfRange(spki, algorithm.spkiPrefix().length, spki.length);
    }

    private boolean verifyEcdsa(byte[] message, Signature signature) {
        try {
            java.security.Signature verifier = java.security.Signature.getInstance(algorithm.jcaRawName());
            verifier.initVerify(publicKey);
            verifier.update(message);
            return verifier.verify(signature.bytes())
                    || (EcdsaWrappedX.isPossible(algorithm, signature.bytes())
                            && EcdsaWrappedX.verifies(algorithm, rawBytes(), message, signature.bytes()));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private boolean verifyEd25519(byte[] message, Signature signature) {
        return Ed25519.verify(signature.bytes(), 0, spki, algorithm.spkiPrefix().length, message, 0, message.length);
    }

    private static Optional<VerificationKey> construct(SignatureAlgorithm algorithm, byte[] spki) {
        try {
            return Optional.of(new VerificationKey(algorithm, spki));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static boolean onCurve(SignatureAlgorithm algorithm, byte[] spki, int keyOffset) {
        if (!algorithm.isEcdsa()) {
            return Ed25519.validatePublicKeyFull(spki, keyOffset);
        }
        try {
            byte[] point = Arrays.copyOfRange(spki, keyOffset - 1, spki.length);
            return ECNamedCurveTable.getParameterSpec(algorithm.curve())
                    .getCurve()
                    .decodePoint(point)
                    .isValid();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerificationKey that && spkiSha256.equals(that.spkiSha256);
    }

    @Override
    public int hashCode() {
        return spkiSha256.hashCode();
    }

    @Override
    public String toString() {
        return algorithm + ":" + keyId();
    }
}
