package io.kryla.codec;

/**
 * Where the fields of an encoded {@code VehicleState} stand, counted from its first byte; 0 for a field that is absent, whose
 * value then is its default (field 1 has no tag before it, so 0 is never the place of a value).
 *
 * <p>Nearly every state has all fields and one-byte varints: that layout is one constant, and is recognised by comparing
 * all tags without a branch.
 */
final class VehicleLayout {
    static final int MODE = 1;
    static final int ARMED = 2;
    static final int FIRST_FLOAT = 3;
    /** The last float field with a tag of one byte. */
    static final int LAST_SHORT_FLOAT = 15;

    static final int LATITUDE = 16;
    static final int LONGITUDE = 17;
    static final int ALTITUDE = 18;
    static final int LAST_FLOAT = 23;
    static final int SATELLITES = 24;
    static final int ROTORS = 25;
    /** One more: the end of the rotors, whose start is under {@link #ROTORS}. */
    static final int FIELDS = 27;

    static final int ROTORS_END = 26;

    private static final short[] COMPLETE = new short[FIELDS];
    private static final int COMPLETE_BEFORE_ROTORS;

    static {
        int at = 0;
        for (int field = MODE; field <= SATELLITES; field++) {
            at += field < LATITUDE ? 1 : 2;
            COMPLETE[field] = (short) at;
            at += valueBytes(field);
        }
        COMPLETE_BEFORE_ROTORS = at;
        COMPLETE[ROTORS] = (short) (at + 3);
    }

    private VehicleLayout() {}

    /**
     * Finds the fields of the state that fills [start, end).
     *
     * @param offsets {@link #FIELDS} of them from {@code slot} on, all written
     * @return false unless it holds known fields only, each once, in the order of their numbers
     */
    static boolean find(byte[] in, int start, int end, short[] offsets, int slot) {
        if (isComplete(in, start, end)) {
            System.arraycopy(COMPLETE, 0, offsets, slot, FIELDS);
            offsets[slot + ROTORS_END] = (short) (end - start);
            return true;
        }
        return scan(in, start, end, offsets, slot);
    }

    private static boolean isComplete(byte[] in, int start, int end) {
        int rotors = start + COMPLETE_BEFORE_ROTORS;
        int rotorBytes = end - rotors - 3;
        if (rotorBytes <= 0 || rotorBytes > Byte.MAX_VALUE || (rotorBytes & 3) != 0) {
            return false;
        }
        int wrong = in[start] ^ Wire.tag(MODE, Wire.VARINT) | in[start + 1] & 0x80;
        wrong |= in[start + 2] ^ Wire.tag(ARMED, Wire.VARINT) | in[start + 3] ^ 1;
        int at = start + 4;
        for (int field = FIRST_FLOAT; field <= LAST_SHORT_FLOAT; field++) {
            wrong |= in[at] ^ Wire.tag(field, Wire.FIXED32);
            at += 5;
        }
        wrong |= in[at] ^ low(LATITUDE, Wire.FIXED64) | in[at + 1] ^ 1;
        wrong |= in[at + 10] ^ low(LONGITUDE, Wire.FIXED64) | in[at + 11] ^ 1;
        at += 20;
        for (int field = ALTITUDE; field <= LAST_FLOAT; field++) {
            wrong |= in[at] ^ low(field, Wire.FIXED32) | in[at + 1] ^ 1;
            at += 6;
        }
        wrong |= in[at] ^ low(SATELLITES, Wire.VARINT) | in[at + 1] ^ 1 | in[at + 2] & 0x80;
        wrong |= in[rotors] ^ low(ROTORS, Wire.LENGTH) | in[rotors + 1] ^ 1 | in[rotors + 2] ^ (byte) rotorBytes;
        return wrong == 0;
    }

    private static boolean scan(byte[] in, int start, int end, short[] offsets, int slot) {
        if (end - start > Short.MAX_VALUE) {
            return false;
        }
        int at = start;
        for (int field = MODE; field <= ROTORS; field++) {
            offsets[slot + field] = 0;
            int tagBytes = field < LATITUDE ? 1 : 2;
            if (!startsWith(in, at, end, field)) {
                continue;
            }
            at += tagBytes;
            if (field == ROTORS) {
                int lengthBytes = Wire.varintLengthAt(in, at, end);
                long rotorBytes = Wire.varint(in, at, lengthBytes);
                at += lengthBytes;
                if (lengthBytes == 0 || (rotorBytes & 3) != 0 || rotorBytes != end - at || rotorBytes == 0) {
                    return false;
                }
                offsets[slot + ROTORS] = (short) (at - start);
                at = end;
            } else {
                int bytes = isVarint(field) ? shortVarintBytes(in, at, end, field) : valueBytes(field);
                if (bytes == 0 || end - at < bytes) {
                    return false;
                }
                offsets[slot + field] = (short) (at - start);
                at += bytes;
            }
        }
        offsets[slot + ROTORS_END] = (short) (end - start);
        return at == end;
    }

    private static boolean startsWith(byte[] in, int at, int end, int field) {
        if (field < LATITUDE) {
            return at < end && in[at] == Wire.tag(field, type(field));
        }
        return at + 1 < end && in[at] == low(field, type(field)) && in[at + 1] == 1;
    }

    /** 0 unless the varint is one that the view reads: a mode or count below 2^28, a flag of 1. */
    private static int shortVarintBytes(byte[] in, int at, int end, int field) {
        int bytes = Wire.varintLengthAt(in, at, end);
        boolean readable = field == ARMED ? bytes == 1 && in[at] == 1 : bytes <= 4;
        return readable ? bytes : 0;
    }

    /** First of the two tag bytes of fields 16 to 31; the second is 1. */
    static byte low(int field, int type) {
        return (byte) (field << 3 | type | 0x80);
    }

    private static boolean isVarint(int field) {
        return field <= ARMED || field == SATELLITES;
    }

    private static int type(int field) {
        if (isVarint(field)) {
            return Wire.VARINT;
        }
        if (field == ROTORS) {
            return Wire.LENGTH;
        }
        return field == LATITUDE || field == LONGITUDE ? Wire.FIXED64 : Wire.FIXED32;
    }

    private static int valueBytes(int field) {
        if (isVarint(field)) {
            return 1;
        }
        return field == LATITUDE || field == LONGITUDE ? Long.BYTES : Integer.BYTES;
    }
}
