package io.kryla.sframe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Key and salt of one key id under AES_256_GCM_SHA512_128 (RFC 9605 §4.4.2, §4.5 suite 5). Keeps its secrets to this
 * package, and does not change until they are overwritten at the end of its step.
 */
public final class SFrameKey {
    /** IANA "SFrame Cipher Suites": AES_256_GCM_SHA512_128. */
    public static final int CIPHER_SUITE = 5;

    static final int NONCE_BYTES = 12;
    private static final int KEY_BYTES = 32;
    private static final int HASH_BYTES = 64;

    private final long kid;
    private final AesKey key;
    private final byte[] salt;

    /** For {@link #derive} and published vectors. */
    SFrameKey(long kid, byte[] key, byte[] salt) {
        this.kid = kid;
        this.key = new AesKey(key);
        this.salt = salt;
    }

    /**
     * Derives the key from a base key that both ends hold.
     *
     * @param baseKey at least 16 bytes from a cryptographic random source; not kept
     */
    public static SFrameKey derive(byte[] baseKey, long kid) {
        if (baseKey.length < 16) {
            throw new IllegalArgumentException("baseKey has " + baseKey.length + " bytes, at least 16 are needed");
        }
        byte[] secret = extract(baseKey);
        byte[] key = expand(secret, label("SFrame 1.0 Secret key ", kid), KEY_BYTES);
        byte[] salt = expand(secret, label("SFrame 1.0 Secret salt ", kid), NONCE_BYTES);
        Arrays.fill(secret, (byte) 0);
        return new SFrameKey(kid, key, salt);
    }

    /** RFC 9605 §5.1: HKDF-Expand(HKDF-Extract("", base key), label, Nh). */
    static byte[] expandBaseKey(byte[] baseKey, byte[] label) {
        byte[] secret = extract(baseKey);
        byte[] expanded = expand(secret, label, HASH_BYTES);
        Arrays.fill(secret, (byte) 0);
        return expanded;
    }

    public long kid() {
        return kid;
    }

    SecretKey secretKey() {
        return key;
    }

    /** RFC 9605 §4.4.3: the salt, with the counter xored into its last eight bytes. */
    void nonceInto(byte[] nonce, long ctr) {
        System.arraycopy(salt, 0, nonce, 0, NONCE_BYTES);
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[NONCE_BYTES - 1 - i] ^= (byte) (ctr >>> (8 * i));
        }
    }

    /** Overwrites the secrets; nothing can be sealed or opened with this key any more. */
    void wipe() {
        key.destroy();
        Arrays.fill(salt, (byte) 0);
    }

    boolean wiped() {
        return key.isDestroyed();
    }

    byte[] salt() {
        return salt.clone();
    }

    @Override
    public String toString() {
        return "SFrameKey[kid=" + Long.toHexString(kid) + ", secret]";
    }

    static byte[] label(String text, long kid) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(ascii.length + Long.BYTES + Short.BYTES)
                .put(ascii)
                .putLong(kid)
                .putShort((short) CIPHER_SUITE)
                .array();
    }

    /** HKDF-Expand (RFC 5869 §2.3) for an output of at most one hash: T(1) = HMAC(secret, info || 0x01). */
    private static byte[] expand(byte[] secret, byte[] info, int length) {
        byte[] block = Arrays.copyOf(info, info.length + 1);
        block[info.length] = 1;
        byte[] hash = hmac(secret, block);
        byte[] output = Arrays.copyOf(hash, length);
        Arrays.fill(hash, (byte) 0);
        return output;
    }

    /** HKDF-Extract (RFC 5869 §2.2) is the same HMAC; RFC 9605 extracts with an empty salt, that is one of zeros. */
    private static byte[] extract(byte[] baseKey) {
        return hmac(new byte[HASH_BYTES], baseKey);
    }

    static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(key, "HmacSHA512"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA512", e);
        }
    }
}
