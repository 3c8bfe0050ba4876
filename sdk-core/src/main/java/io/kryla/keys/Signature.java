package io.kryla.keys;

import java.util.Arrays;
import java.util.HexFormat;

/** The bytes of a signature: Ed25519 as in RFC 8032, ECDSA as r ‖ s, each as long as the curve's order. */
public final class Signature {
    private final byte[] bytes;

    private Signature(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps bytes of any length; a wrong length fails verification, it is not an error here. */
    public static Signature of(byte[] bytes) {
        return new Signature(bytes.clone());
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signature that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
