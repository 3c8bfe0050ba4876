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
        return 1 + extensionLength(kid) + extensionLength(ctr);
    }

    public byte[] encode() {
        byte[] out = new byte[encodedLength()];
        encodeInto(out, 0);
        return out;
    }

    /** Writes the header at {@code offset} and returns the offset behind it. */
    int encodeInto(byte[] out, int offset) {
        out[offset] = (byte) (configBits(kid) << 4 | configBits(ctr));
        int next = putExtension(out, offset + 1, kid);
        return putExtension(out, next, ctr);
    }

    /** Empty when the bytes end early or a value is not in its shortest form. Never throws on hostile bytes. */
    public static Optional<SFrameHeader> parse(byte[] frame, int offset, int length) {
        if (length < 1) {
            return Optional.empty();
        }
        int kidBits = frame[offset] >> 4 & 0x0f;
        int ctrBits = frame[offset] & 0x0f;
        int kidBytes = extensionLengthOf(kidBits);
        int ctrBytes = extensionLengthOf(ctrBits);
        if (length < 1 + kidBytes + ctrBytes) {
            return Optional.empty();
        }
        long kid = kidBytes == 0 ? kidBits : bigEndian(frame, offset + 1, kidBytes);
        long ctr = ctrBytes == 0 ? ctrBits : bigEndian(frame, offset + 1 + kidBytes, ctrBytes);
        boolean shortest = extensionLength(kid) == kidBytes && extensionLength(ctr) == ctrBytes;
        return shortest ? Optional.of(new SFrameHeader(kid, ctr)) : Optional.empty();
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
