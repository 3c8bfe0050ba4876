package io.kryla.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The parts of the protobuf wire format that the hot messages use (protobuf encoding guide: varints, fixed 32, fixed 64). */
final class Wire {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH = 2;
    static final int FIXED32 = 5;

    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static final int USUAL_LENGTH_BYTES = 2;

    private static final int PAYLOAD_BITS = 7;
    private static final int MORE = 0x80;
    private static final int MOST_BYTES = 10;

    private Wire() {}

    /** A tag of one byte: fields 1 to 15. */
    static byte tag(int field, int type) {
        return (byte) (field << 3 | type);
    }

    static int varintLength(long value) {
        return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + PAYLOAD_BITS - 1) / PAYLOAD_BITS;
    }

    /** Returns the offset behind it. */
    static int putVarint(byte[] out, int offset, long value) {
        long rest = value;
        int at = offset;
        while ((rest & -MORE) != 0) {
            out[at++] = (byte) (rest | MORE);
            rest >>>= PAYLOAD_BITS;
        }
        out[at] = (byte) rest;
        return at + 1;
    }

    /**
     * Writes the length before a nested message, which was written {@link #USUAL_LENGTH_BYTES} behind the place of its length
     * and is moved if the length needs fewer: the length need not be computed ahead.
     *
     * @param end of the nested message, shorter than 2^14
     * @return its end now
     */
    static int putLengthBefore(byte[] out, int offset, int end) {
        int start = offset + USUAL_LENGTH_BYTES;
        int length = end - start;
        if (length < MORE) {
            out[offset] = (byte) length;
            System.arraycopy(out, start, out, offset + 1, length);
            return offset + 1 + length;
        }
        out[offset] = (byte) (length | MORE);
        out[offset + 1] = (byte) (length >>> PAYLOAD_BITS);
        return end;
    }

    /** Length of the varint at {@code offset}, or 0 unless it ends before {@code end} in its shortest form. */
    static int varintLengthAt(byte[] in, int offset, int end) {
        int most = Math.min(end - offset, MOST_BYTES);
        for (int i = 0; i < most; i++) {
            byte next = in[offset + i];
            if (next >= 0) {
                boolean shortest = next != 0 || i == 0;
                boolean fits = i < MOST_BYTES - 1 || next == 1;
                return shortest && fits ? i + 1 : 0;
            }
        }
        return 0;
    }

    static long varint(byte[] in, int offset, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << PAYLOAD_BITS | (in[offset + i] & (MORE - 1));
        }
        return value;
    }
}
