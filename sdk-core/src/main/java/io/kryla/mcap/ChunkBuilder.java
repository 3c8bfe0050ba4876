package io.kryla.mcap;

import com.github.luben.zstd.Zstd;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects messages until their chunk is written together with its message indexes (specification: Chunk). */
final class ChunkBuilder {
    /**
     * Zstandard's double-fast strategy. The levels from 5 on choose a match finder by the CPU's vector unit, which would
     * make the bytes depend on the machine.
     */
    private static final int ZSTD_LEVEL = 3;

    private final Compression compression;
    private final RecordBuffer records;
    private final SortedMap<Integer, RecordBuffer> indexByChannel = new TreeMap<>();
    private final RecordBuffer index = new RecordBuffer(256);
    private long startNanos;
    private long endNanos;
    private long firstNanos;
    private boolean empty = true;

    ChunkBuilder(McapOptions options) {
        compression = options.compression();
        records = new RecordBuffer(options.chunkBytes() + 4_096);
    }

    void add(int channelId, long sequence, long time, long publishTime, byte[] data) {
        startNanos = empty || Long.compareUnsigned(time, startNanos) < 0 ? time : startNanos;
        endNanos = empty || Long.compareUnsigned(time, endNanos) > 0 ? time : endNanos;
        firstNanos = empty ? time : firstNanos;
        empty = false;
        indexByChannel
                .computeIfAbsent(channelId, id -> new RecordBuffer(1_024))
                .u64(time)
                .u64(records.size());
        records.beginRecord(Opcode.MESSAGE)
                .u16(channelId)
                .u32(sequence)
                .u64(time)
                .u64(publishTime)
                .raw(data);
        records.endRecord();
    }

    boolean isEmpty() {
        return empty;
    }

    int size() {
        return records.size();
    }

    /** Log time of the message that opened the chunk. */
    long firstNanos() {
        return firstNanos;
    }

    /**
     * Appends the chunk and its message indexes, adds its index to the group, and begins the next chunk.
     *
     * @param chunkAt offset in the file at which the chunk will stand
     */
    void writeTo(RecordBuffer out, long chunkAt, IndexGroup group) {
        byte[] plain = records.toByteArray();
        byte[] stored = compression == Compression.ZSTD ? Zstd.compress(plain, ZSTD_LEVEL) : plain;
        int from = out.size();
        out.beginRecord(Opcode.CHUNK)
                .u64(startNanos)
                .u64(endNanos)
                .u64(plain.length)
                .u32(records.crc32(0, plain.length))
                .string(compression.mcapName())
                .u64(stored.length)
                .raw(stored);
        out.endRecord();
        int length = out.size() - from;
        SortedMap<Integer, Long> offsets = new TreeMap<>();
        indexByChannel.forEach((channelId, entries) -> {
            if (entries.size() > 0) {
                offsets.put(channelId, chunkAt + out.size() - from);
                out.beginRecord(Opcode.MESSAGE_INDEX)
                        .u16(channelId)
                        .u32(entries.size())
                        .append(entries);
                out.endRecord();
            }
        });
        index.clear();
        new ChunkIndex(
                        startNanos,
                        endNanos,
                        chunkAt,
                        length,
                        offsets,
                        out.size() - from - length,
                        compression.mcapName(),
                        stored.length,
                        plain.length)
                .appendTo(index);
        group.add(index);
        records.clear();
        indexByChannel.values().forEach(RecordBuffer::clear);
        empty = true;
    }
}
