package io.kryla.keys;

import io.kryla.v1.KeyAlgorithm;
import java.util.HexFormat;
import java.util.Optional;

/** The signature schemes that Kryla knows: the key's curve fixes the hash, so that a key has one scheme only. */
public enum SignatureAlgorithm {
    ECDSA_P256_SHA256(
            KeyAlgorithm.KEY_ALGORITHM_ECDSA_P256_SHA256,
            64,
            "3059301306072a8648ce3d020106082a8648ce3d03010703420004",
            64,
            "secp256r1"),
    ECDSA_P384_SHA384(
            KeyAlgorithm.KEY_ALGORITHM_ECDSA_P384_SHA384,
            96,
            "3076301006072a8648ce3d020106052b8104002203620004",
            96,
            "secp384r1"),
    ED25519(KeyAlgorithm.KEY_ALGORITHM_ED25519, 64, "302a300506032b6570032100", 32, "Ed25519");

    private final KeyAlgorithm proto;
    private final int signatureLength;
    private final byte[] spkiPrefix;
    private final int keyLength;
    private final String curve;

    SignatureAlgorithm(KeyAlgorithm proto, int signatureLength, String spkiPrefixHex, int keyLength, String curve) {
        this.proto = proto;
        this.signatureLength = signatureLength;
        this.spkiPrefix = HexFormat.of().parseHex(spkiPrefixHex);
        this.keyLength = keyLength;
        this.curve = curve;
    }

    /** Bytes of a raw signature. */
    public int signatureLength() {
        return signatureLength;
    }

    /** The algorithm's id in {@code kryla.v1}. */
    public KeyAlgorithm toProto() {
        return proto;
    }

    /** Empty for unspecified and unknown ids. */
    public static Optional<SignatureAlgorithm> fromProto(KeyAlgorithm untrusted) {
        for (SignatureAlgorithm algorithm : values()) {
            if (algorithm.proto == untrusted) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    boolean isEcdsa() {
        return this != ED25519;
    }

    /** Name of the curve for JDK and Bouncy Castle alike. */
    String curve() {
        return curve;
    }

    /** DER of everything before the key's own bytes; for ECDSA it ends with 0x04, the point being uncompressed. */
    byte[] spkiPrefix() {
        return spkiPrefix.clone();
    }

    int spkiLength() {
        return spkiPrefix.length + keyLength;
    }

    /** JCA name of the scheme with raw signatures. */
    String jcaRawName() {
        return this == ECDSA_P256_SHA256 ? "SHA256withECDSAinP1363Format" : "SHA384withECDSAinP1363Format";
    }

    /** JCA name of the hash that goes with an ECDSA curve. */
    String jcaDigestName() {
        return this == ECDSA_P256_SHA256 ? "SHA-256" : "SHA-384";
    }
}
