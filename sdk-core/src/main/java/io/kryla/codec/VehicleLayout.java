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
    static final int FIELDS = ROTORS + 1;

    /** Where the values of a complete state stand. */
    private static final int FIRST_FLOAT_AT = 5;

    private static final int LATITUDE_AT = 71;
    private static final int LONGITUDE_AT = 81;
    private static final int ALTITUDE_AT = 91;
    private static final int SATELLITES_AT = 127;
    private static final int ROTORS_AT = 131;

    private VehicleLayout() {}

    /** Where a field's value stands in a complete state. */
    static int completeAt(int field) {
        if (field < FIRST_FLOAT) {
            return 2 * field - 1;
        }
        if (field <= LAST_SHORT_FLOAT) {
            return FIRST_FLOAT_AT + 5 * (field - FIRST_FLOAT);
        }
        if (field <= LONGITUDE) {
            return field == LATITUDE ? LATITUDE_AT : LONGITUDE_AT;
        }
        if (field <= LAST_FLOAT) {
            return ALTITUDE_AT + 6 * (field - ALTITUDE);
        }
        return field == SATELLITES ? SATELLITES_AT : ROTORS_AT;
    }

    /** Whether the state that fills [start, end) has every field, each varint in one byte. */
    static boolean isComplete(byte[] in, int start, int end) {
        int rotorBytes = end - start - ROTORS_AT;
        if (rotorBytes <= 0 || rotorBytes > Byte.MAX_VALUE || (rotorBytes & 3) != 0) {
            return false;
        }
        // Straight-line code on purpose: eight bytes at a time, no branch until the end. Each mask covers the tags
        // within.
        long wrong = longAt(in, start) ^ 0x1d_01_10_00_08L;
        wrong &= 0xff_ff_ff_80_ffL;
        wrong |= twoTags(in, start + 9, 0x25, 0x2d) | twoTags(in, start + 19, 0x35, 0x3d);
        wrong |= twoTags(in, start + 29, 0x45, 0x4d) | twoTags(in, start + 39, 0x55, 0x5d);
        wrong |= twoTags(in, start + 49, 0x65, 0x6d) | twoTags(in, start + 59, 0x75, 0x7d);
        wrong |= ((longAt(in, start + 69) ^ 0x0181) | (longAt(in, start + 79) ^ 0x0189)) & 0xffff;
        wrong |= twoLongTags(in, start + 89, 0x0195, 0x019d) | twoLongTags(in, start + 101, 0x01a5, 0x01ad);
        wrong |= twoLongTags(in, start + 113, 0x01b5, 0x01bd);
        wrong |= (longAt(in, start + 125) ^ (((long) rotorBytes << 40) | 0x01_ca_00_01_c0L)) & 0xff_ff_ff_80_ff_ffL;
        return wrong == 0;
    }

    /** 0 if a float's tag stands here and that of the next one 5 bytes on. */
    private static long twoTags(byte[] in, int at, long first, long second) {
        return (longAt(in, at) ^ ((second << 40) | first)) & 0xff_00_00_00_00_ffL;
    }

    /** As {@link #twoTags}, of tags of two bytes, the second 6 bytes on. */
    private static long twoLongTags(byte[] in, int at, long first, long second) {
        return (longAt(in, at) ^ ((second << 48) | first)) & 0xffff_0000_0000_ffffL;
    }

    private static long longAt(byte[] in, int at) {
        return (long) Wire.LONG.get(in, at);
    }

    /**
     * Finds the fields of the state that fills [start, end), whatever is absent.
     *
     * @param offsets {@link #FIELDS} of them from {@code slot} on, all written
     * @return false unless it holds known fields only, each once, in the order of their numbers
     */
    static boolean find(byte[] in, int start, int end, short[] offsets, int slot) {
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
