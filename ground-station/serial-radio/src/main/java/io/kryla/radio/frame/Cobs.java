package io.kryla.radio.frame;

/**
 * Consistent Overhead Byte Stuffing (S. Cheshire, M. Baker, IEEE/ACM Transactions on Networking 7(2), 1999, §III): takes the
 * zeros out of a packet, so that a zero on the line can only be the end of one. Costs one byte, and one more for each 254
 * bytes without a zero.
 */
public final class Cobs {
    /** What {@link #decode} says of bytes that no encoder wrote. */
    public static final int MALFORMED = -1;

    /** Code of a block of 254 bytes that no zero follows. */
    private static final int LONGEST_BLOCK = 0xff;

    private Cobs() {}

    /** The most that a packet of so many bytes can grow to. */
    public static int maxEncodedBytes(int length) {
        return length + 1 + length / (LONGEST_BLOCK - 1);
    }

    /**
     * Encodes a packet.
     *
     * @param out has room for {@link #maxEncodedBytes}
     * @return the end of what was written; no byte of it is zero
     */
    public static int encode(byte[] packet, int length, byte[] out, int start) {
        int codeAt = start;
        int end = start + 1;
        int code = 1;
        for (int i = 0; i < length; i++) {
            if (packet[i] != 0) {
                out[end++] = packet[i];
                code++;
            }
            boolean more = i + 1 < length;
            if (packet[i] == 0 || (code == LONGEST_BLOCK && more)) {
                out[codeAt] = (byte) code;
                codeAt = end++;
                code = 1;
            }
        }
        out[codeAt] = (byte) code;
        return end;
    }

    /**
     * Decodes in place.
     *
     * @return length of the packet, at the front of {@code bytes}; {@link #MALFORMED} when a block is cut off or a zero
     *     stands where none can
     */
    public static int decode(byte[] bytes, int length) {
        int in = 0;
        int out = 0;
        while (in < length) {
            int code = bytes[in++] & 0xff;
            int end = in + code - 1;
            if (code == 0 || end > length) {
                return MALFORMED;
            }
            while (in < end) {
                if (bytes[in] == 0) {
                    return MALFORMED;
                }
                bytes[out++] = bytes[in++];
            }
            if (code != LONGEST_BLOCK && in < length) {
                bytes[out++] = 0;
            }
        }
        return length == 0 ? MALFORMED : out;
    }
}
