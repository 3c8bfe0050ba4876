package io.kryla.mcap;

import java.util.SortedMap;

/** Where a chunk and its message indexes stand (specification: Chunk Index). */
record ChunkIndex(
        long startNanos,
        long endNanos,
        long offset,
        long length,
        SortedMap<Integer, Long> messageIndexOffsets,
        long messageIndexLength,
        String compression,
        long compressedSize,
        long uncompressedSize) {

    void appendTo(RecordBuffer out) {
        out.beginRecord(Opcode.CHUNK_INDEX)
                .u64(startNanos)
                .u64(endNanos)
                .u64(offset)
                .u64(length)
                .idToCountMap(messageIndexOffsets)
                .u64(messageIndexLength)
                .string(compression)
                .u64(compressedSize)
                .u64(uncompressedSize);
        out.endRecord();
    }
}
