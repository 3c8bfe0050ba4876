package io.kryla.mcap;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.kryla.mcap.McapReadResult.Code;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** One chunk that was read, and the message indexes that must follow it (specification: Chunk, Message Index). */
final class ChunkContent {
    private static final String LZ4 = "lz4";

    private final ChunkIndex declared;
    private final long storedCrc;
    private final byte[] records;
    private final SortedMap<Integer, RecordBuffer> expectedIndexes = new TreeMap<>();
    private final SortedMap<Integer, Long> indexOffsets = new TreeMap<>();
    private long indexBytes;

    private ChunkContent(ChunkIndex declared, long storedCrc, byte[] records) {
        this.declared = declared;
        this.storedCrc = storedCrc;
        this.records = records;
    }

    static ChunkContent none() {
        return new ChunkContent(new ChunkIndex(0, 0, -1, 0, new TreeMap<>(), 0, "", 0, 0), 0, new byte[0]);
    }

    /** @param strict only what the writer of this package may have written: no LZ4, one Zstandard frame */
    static ChunkContent read(RecordCursor cursor, long offset, long length, int limit, boolean strict)
            throws MalformedMcap {
        long start = cursor.u64();
        long end = cursor.u64();
        long size = cursor.u64();
        long crc = cursor.u32();
        String compression = cursor.string();
        byte[] stored = cursor.raw(cursor.u64());
        if (size < 0 || size > limit) {
            throw new MalformedMcap(
                    Code.OVERSIZE, "a chunk of " + Long.toUnsignedString(size) + " bytes; the limit is " + limit);
        }
        ChunkIndex declared =
                new ChunkIndex(start, end, offset, length, new TreeMap<>(), 0, compression, stored.length, size);
        return new ChunkContent(declared, crc, decompress(compression, stored, (int) size, strict));
    }

    private static byte[] decompress(String compression, byte[] stored, int size, boolean strict) throws MalformedMcap {
        if (compression.equals(Compression.NONE.mcapName())) {
            if (stored.length != size) {
                throw new MalformedMcap(Code.MALFORMED, "a chunk has not its stated size");
            }
            return stored;
        }
        if (compression.equals(Compression.ZSTD.mcapName())) {
            return unzstd(stored, size, strict);
        }
        if (compression.equals(LZ4) && !strict) {
            return Lz4Frames.decompress(stored, size);
        }
        throw new MalformedMcap(Code.UNSUPPORTED_COMPRESSION, "a chunk is compressed with another algorithm");
    }

    /** Bytes beside the one frame would be skipped by every reader and vouched for by nobody. */
    private static byte[] unzstd(byte[] stored, int size, boolean strict) throws MalformedMcap {
        byte[] plain = new byte[size];
        try {
            // Asked of no bytes at all, the library throws.
            if (strict && (stored.length == 0 || Zstd.findFrameCompressedSize(stored) != stored.length)) {
                throw new MalformedMcap(Code.MALFORMED, "a chunk is not one Zstandard frame");
            }
            long written = Zstd.decompressByteArray(plain, 0, size, stored, 0, stored.length);
            if (Zstd.isError(written) || written != size) {
                throw new MalformedMcap(Code.MALFORMED, "a chunk does not decompress to its stated size");
            }
        } catch (ZstdException e) {
            throw new MalformedMcap(Code.MALFORMED, "a chunk does not decompress");
        }
        return plain;
    }

    boolean exists() {
        return declared.offset() >= 0;
    }

    int size() {
        return records.length;
    }

    long storedCrc() {
        return storedCrc;
    }

    long crc32() {
        CRC32 crc = new CRC32();
        crc.update(records, 0, records.length);
        return crc.getValue();
    }

    void deliver(Streams streams) throws MalformedMcap {
        RecordCursor cursor = new RecordCursor(records, 0, records.length);
        long start = 0;
        long end = 0;
        while (cursor.remaining() > 0) {
            int at = cursor.position();
            int opcode = cursor.u8();
            RecordCursor record = cursor.slice(cursor.u64());
            if (opcode == Opcode.MESSAGE) {
                RecordCursor fields = record.copy();
                int channelId = fields.u16();
                fields.u32();
                long time = fields.u64();
                boolean first = expectedIndexes.isEmpty();
                start = first || Long.compareUnsigned(time, start) < 0 ? time : start;
                end = first || Long.compareUnsigned(time, end) > 0 ? time : end;
                expectedIndexes
                        .computeIfAbsent(channelId, id -> new RecordBuffer(512))
                        .u64(time)
                        .u64(at);
            }
            streams.record(opcode, record, true);
        }
        if (start != declared.startNanos() || end != declared.endNanos()) {
            throw new MalformedMcap(Code.BAD_INDEX, "a chunk's first and last times are not those of its messages");
        }
    }

    /** Strictly, each channel's index must be the one that follows from the chunk, in ascending order of channels. */
    void takeIndex(RecordCursor cursor, long offset, long length, boolean strict) throws MalformedMcap {
        if (!exists()) {
            throw new MalformedMcap(Code.MALFORMED, "a message index that follows no chunk");
        }
        int channelId = cursor.u16();
        byte[] entries = cursor.raw(cursor.u32());
        RecordBuffer expected = expectedIndexes.get(channelId);
        boolean inOrder = indexOffsets.isEmpty() || indexOffsets.lastKey() < channelId;
        if (strict && (expected == null || !inOrder || !expected.contentEquals(entries))) {
            throw new MalformedMcap(Code.BAD_INDEX, "the message index of channel " + channelId + " is wrong");
        }
        indexOffsets.put(channelId, offset);
        indexBytes += length;
    }

    ChunkIndex index(boolean strict) throws MalformedMcap {
        if (strict && (expectedIndexes.isEmpty() || !indexOffsets.keySet().equals(expectedIndexes.keySet()))) {
            throw new MalformedMcap(Code.BAD_INDEX, "a chunk lacks a message index");
        }
        return new ChunkIndex(
                declared.startNanos(),
                declared.endNanos(),
                declared.offset(),
                declared.length(),
                indexOffsets,
                indexBytes,
                declared.compression(),
                declared.compressedSize(),
                declared.uncompressedSize());
    }
}
