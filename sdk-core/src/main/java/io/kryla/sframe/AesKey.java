package io.kryla.sframe;

import java.io.NotSerializableException;
import java.util.Arrays;
import javax.crypto.SecretKey;

/** A raw AES key that can be overwritten, which {@code SecretKeySpec} of JDK 17 cannot. */
final class AesKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final transient byte[] key;
    private transient volatile boolean destroyed;

    /** @param key kept, not copied */
    AesKey(byte[] key) {
        this.key = key;
    }

    @Override
    public String getAlgorithm() {
        return "AES";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        if (destroyed) {
            throw new IllegalStateException("the key was overwritten at the end of its step");
        }
        return key.clone();
    }

    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(key, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return "AesKey[secret]";
    }

    private Object writeReplace() throws NotSerializableException {
        throw new NotSerializableException("keys live in memory only");
    }
}
