package io.kryla.keys;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** A SHA-256 value: exactly 32 bytes, immutable, compared in constant time. */
public final class Digest {
    /** Bytes of a SHA-256 value. */
    public static final int LENGTH = 32;

    private static final HexFormat HEX = HexFormat.of();

    private final byte[] bytes;

    private Digest(byte[] bytes) {
        this.bytes = bytes;
    }

    /** SHA-256 over the concatenation of the parts. */
    public static Digest sha256(byte[]... parts) {
        MessageDigest sha256 = newSha256();
        for (byte[] part : parts) {
            sha256.update(part);
        }
        return new Digest(sha256.digest());
    }

    /** Wraps a value that the caller knows to be 32 bytes long. */
    public static Digest of(byte[] bytes) {
        return parse(bytes).orElseThrow(() -> new IllegalArgumentException("bytes: 32 expected, got " + bytes.length));
    }

    /** Wraps untrusted bytes; empty unless there are exactly 32. */
    public static Optional<Digest> parse(byte[] untrusted) {
        return untrusted.length == LENGTH ? Optional.of(new Digest(untrusted.clone())) : Optional.empty();
    }

    /** Reads 64 hexadecimal digits of a value that the caller trusts. */
    public static Digest fromHex(String hex) {
        return parseHex(hex).orElseThrow(() -> new IllegalArgumentException("hex: 64 digits expected, got: " + hex));
    }

    /** Reads untrusted text; empty unless it is exactly 64 hexadecimal digits. */
    public static Optional<Digest> parseHex(String untrusted) {
        if (untrusted.length() != 2 * LENGTH || !untrusted.chars().allMatch(HexFormat::isHexDigit)) {
            return Optional.empty();
        }
        return Optional.of(new Digest(HEX.parseHex(untrusted)));
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Lower-case hexadecimal. */
    public String hex() {
        return HEX.formatHex(bytes);
    }

    /** Whether the untrusted bytes are this value; constant time, false for any other length. */
    public boolean matches(byte[] untrusted) {
        return MessageDigest.isEqual(bytes, untrusted);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
