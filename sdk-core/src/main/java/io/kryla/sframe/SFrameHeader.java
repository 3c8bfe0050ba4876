package io.kryla.sframe;

import java.util.Optional;

/**
 * The header of a frame (RFC 9605 §4.3): a configuration byte, then key id and counter where they do not fit into it.
 *
 * <pre>
 *  X K K K Y C C C | KID, 1..8 bytes if X | CTR, 1..8 bytes if Y      big-endian, as few bytes as the value needs
 * </pre>
 *
 * @param kid key id, unsigned
 * @param ctr counter, unsigned
 */
public record SFrameHeader(long kid, long ctr) {
    public static final int MAX_BYTES = 17;

    private static final int EXTENDED = 0x08;
    private static final int LOW_BITS = 0x07;

    public int encodedLength() {
        return encodedLength(kid, ctr);
    }

    public byte[] encode() {
        byte[] out = new byte[encodedLength()];
        put(kid, ctr, out, 0);
        return out;
    }

    /** Empty when the bytes end early or a value is not in its shortest form. Never throws on hostile bytes. */
    public static Optional<SFrameHeader> parse(byte[] frame, int offset, int length) {
        return lengthAt(frame, offset, length) < 0
                ? Optional.empty()
                : Optional.of(new SFrameHeader(kidAt(frame, offset), ctrAt(frame, offset)));
    }

    static int encodedLength(long kid, long ctr) {
        return 1 + extensionLength(kid) + extensionLength(ctr);
    }

    /** Writes a header at {@code offset} and returns the offset behind it. */
    static int put(long kid, long ctr, byte[] out, int offset) {
        out[offset] = (byte) (configBits(kid) << 4 | configBits(ctr));
        int next = putExtension(out, offset + 1, kid);
        return putExtension(out, next, ctr);
    }

    /** Length of the header, or -1 when the bytes end early or a value is not in its shortest form. Never throws. */
    public static int lengthAt(byte[] frame, int offset, int length) {
        if (length < 1) {
            return -1;
        }
        int kidBytes = extensionLengthOf(frame[offset] >> 4);
        int ctrBytes = extensionLengthOf(frame[offset]);
        int headerLength = 1 + kidBytes + ctrBytes;
        if (length < headerLength
                || (kidBytes > 0 && extensionLength(kidAt(frame, offset)) != kidBytes)
                || (ctrBytes > 0 && extensionLength(ctrAt(frame, offset)) != ctrBytes)) {
            return -1;
        }
        return headerLength;
    }

    /** Key id of a header whose {@linkplain #lengthAt length} is known. */
    public static long kidAt(byte[] frame, int offset) {
        int bytes = extensionLengthOf(frame[offset] >> 4);
        return bytes == 0 ? frame[offset] >> 4 & LOW_BITS : bigEndian(frame, offset + 1, bytes);
    }

    /** Counter of a header whose {@linkplain #lengthAt length} is known. */
    public static long ctrAt(byte[] frame, int offset) {
        int bytes = extensionLengthOf(frame[offset]);
        return bytes == 0
                ? frame[offset] & LOW_BITS
                : bigEndian(frame, offset + 1 + extensionLengthOf(frame[offset] >> 4), bytes);
    }

    private static int configBits(long value) {
        int bytes = extensionLength(value);
        return bytes == 0 ? (int) value : EXTENDED | (bytes - 1);
    }

    private static int extensionLengthOf(int configBits) {
        return (configBits & EXTENDED) == 0 ? 0 : (configBits & LOW_BITS) + 1;
    }

    private static int extensionLength(long value) {
        if (value >= 0 && value < EXTENDED) {
            return 0;
        }
        return (Long.SIZE - Long.numberOfLeadingZeros(value) + 7) / 8;
    }

    private static int putExtension(byte[] out, int offset, long value) {
        int bytes = extensionLength(value);
        for (int i = 0; i < bytes; i++) {
            out[offset + i] = (byte) (value >>> (8 * (bytes - 1 - i)));
        }
        return offset + bytes;
    }

    private static long bigEndian(byte[] in, int offset, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | (in[offset + i] & 0xff);
        }
        return value;
    }
}
