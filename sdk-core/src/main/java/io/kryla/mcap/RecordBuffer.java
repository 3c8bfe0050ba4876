package io.kryla.mcap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.zip.CRC32;

/**
 * A reused, growing buffer of records in MCAP's serialisation (specification: Serialization; little-endian). A record is
 * opened with its opcode and closed by filling in its length. Confined to its writer.
 */
final class RecordBuffer {
    private byte[] bytes;
    private int size;
    private int open = -1;

    RecordBuffer(int initialCapacity) {
        bytes = new byte[initialCapacity];
    }

    RecordBuffer beginRecord(int opcode) {
        u8(opcode);
        open = size;
        return u64(0);
    }

    void endRecord() {
        long length = size - open - 8L;
        for (int i = 0; i < 8; i++) {
            bytes[open + i] = (byte) (length >>> (8 * i));
        }
        open = -1;
    }

    RecordBuffer u8(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    RecordBuffer u16(int value) {
        return u8(value).u8(value >>> 8);
    }

    RecordBuffer u32(long value) {
        return littleEndian(value, 4);
    }

    RecordBuffer u64(long value) {
        return littleEndian(value, 8);
    }

    private RecordBuffer littleEndian(long value, int length) {
        room(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) (value >>> (8 * i));
        }
        return this;
    }

    RecordBuffer raw(byte[] value, int offset, int length) {
        room(length);
        System.arraycopy(value, offset, bytes, size, length);
        size += length;
        return this;
    }

    RecordBuffer raw(byte[] value) {
        return raw(value, 0, value.length);
    }

    RecordBuffer string(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return u32(utf8.length).raw(utf8);
    }

    RecordBuffer stringMap(SortedMap<String, String> map) {
        int lengthAt = size;
        u32(0);
        map.forEach((key, value) -> string(key).string(value));
        return fillIn32(lengthAt);
    }

    RecordBuffer idToCountMap(SortedMap<Integer, Long> map) {
        int lengthAt = size;
        u32(0);
        map.forEach((key, value) -> u16(key).u64(value));
        return fillIn32(lengthAt);
    }

    private RecordBuffer fillIn32(int lengthAt) {
        long length = size - lengthAt - 4L;
        for (int i = 0; i < 4; i++) {
            bytes[lengthAt + i] = (byte) (length >>> (8 * i));
        }
        return this;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    long crc32(int from, int to) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, to - from);
        return crc.getValue();
    }

    RecordBuffer append(RecordBuffer other) {
        return raw(other.bytes, 0, other.size);
    }

    void updateDigest(MessageDigest digest) {
        digest.update(bytes, 0, size);
    }

    boolean contentEquals(byte[] other) {
        return Arrays.equals(bytes, 0, size, other, 0, other.length);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
        }
    }
}
