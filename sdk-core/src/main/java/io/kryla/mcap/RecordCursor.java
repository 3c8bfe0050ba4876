package io.kryla.mcap;

import io.kryla.mcap.McapReadResult.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads fields out of one record's content and never beyond it (specification: Serialization). */
final class RecordCursor {
    private final byte[] bytes;
    private final int end;
    private int position;

    RecordCursor(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.position = from;
        this.end = to;
    }

    RecordCursor copy() {
        return new RecordCursor(bytes, position, end);
    }

    int position() {
        return position;
    }

    int remaining() {
        return end - position;
    }

    int u8() throws MalformedMcap {
        return (int) littleEndian(1);
    }

    int u16() throws MalformedMcap {
        return (int) littleEndian(2);
    }

    long u32() throws MalformedMcap {
        return littleEndian(4);
    }

    long u64() throws MalformedMcap {
        return littleEndian(8);
    }

    private long littleEndian(int length) throws MalformedMcap {
        int at = skip(length);
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | (bytes[at + i] & 0xff);
        }
        return value;
    }

    /** Moves past the given number of bytes and returns where they begin. */
    int skip(long length) throws MalformedMcap {
        if (length < 0 || length > remaining()) {
            throw new MalformedMcap(
                    Code.MALFORMED, "a field of " + length + " bytes where " + remaining() + " are left");
        }
        int at = position;
        position += (int) length;
        return at;
    }

    byte[] raw(long length) throws MalformedMcap {
        int at = skip(length);
        return Arrays.copyOfRange(bytes, at, position);
    }

    RecordCursor slice(long length) throws MalformedMcap {
        int at = skip(length);
        return new RecordCursor(bytes, at, position);
    }

    String string() throws MalformedMcap {
        long length = u32();
        int at = skip(length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, at, (int) length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedMcap(Code.MALFORMED, "a string is not UTF-8");
        }
    }

    /** Strictly, nothing may follow the fields that this version of the format knows. */
    void requireEnd() throws MalformedMcap {
        if (remaining() > 0) {
            throw new MalformedMcap(Code.MALFORMED, remaining() + " bytes follow the fields of a record");
        }
    }

    /** @param ascending whether the keys must stand in order, as the writer of this package puts them */
    SortedMap<String, String> stringMap(boolean ascending) throws MalformedMcap {
        RecordCursor entries = slice(u32());
        SortedMap<String, String> map = new TreeMap<>();
        while (entries.remaining() > 0) {
            String key = entries.string();
            if (ascending && !map.isEmpty() && map.lastKey().compareTo(key) >= 0) {
                throw new MalformedMcap(Code.MALFORMED, "the keys of a map do not ascend");
            }
            if (map.put(key, entries.string()) != null) {
                throw new MalformedMcap(Code.MALFORMED, "a map holds a key twice");
            }
        }
        return map;
    }
}
