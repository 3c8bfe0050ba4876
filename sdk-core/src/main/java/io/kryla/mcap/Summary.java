package io.kryla.mcap;

import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the data section held: collected while it is written, and again while it is read, so that a reader can demand the
 * very summary that this writer would have written. Its size depends on the number of schemas and channels alone.
 */
final class Summary {
    static final int FOOTER_BYTES = 8 + 8 + 4;

    final SortedMap<Integer, McapSchema> schemas = new TreeMap<>();
    final SortedMap<Integer, McapChannel> channels = new TreeMap<>();
    final IndexGroup chunks = new IndexGroup();
    final IndexGroup attachments = new IndexGroup();
    final IndexGroup metadata = new IndexGroup();
    private final SortedMap<Integer, Long> messagesByChannel = new TreeMap<>();
    private final RecordBuffer scratch = new RecordBuffer(8_192);
    private long messages;
    private long startNanos;
    private long endNanos;

    void countMessage(int channelId, long logTimeNanos) {
        startNanos = messages == 0 || Long.compareUnsigned(logTimeNanos, startNanos) < 0 ? logTimeNanos : startNanos;
        endNanos = messages == 0 || Long.compareUnsigned(logTimeNanos, endNanos) > 0 ? logTimeNanos : endNanos;
        messages++;
        messagesByChannel.merge(channelId, 1L, Long::sum);
    }

    long messages() {
        return messages;
    }

    /** Chunks, attachments and metadata records. */
    long entries() {
        return chunks.count() + attachments.count() + metadata.count();
    }

    static void appendSchema(RecordBuffer out, int id, McapSchema schema) {
        out.beginRecord(Opcode.SCHEMA)
                .u16(id)
                .string(schema.name())
                .string(schema.encoding())
                .u32(schema.dataUnshared().length)
                .raw(schema.dataUnshared());
        out.endRecord();
    }

    static void appendChannel(RecordBuffer out, McapChannel channel) {
        out.beginRecord(Opcode.CHANNEL)
                .u16(channel.id())
                .u16(channel.schemaId())
                .string(channel.topic())
                .string(channel.messageEncoding())
                .stringMap(channel.metadata());
        out.endRecord();
    }

    private void appendStatistics(RecordBuffer out) {
        out.beginRecord(Opcode.STATISTICS)
                .u64(messages)
                .u16(schemas.size())
                .u32(channels.size())
                .u32(attachments.count())
                .u32(metadata.count())
                .u32(chunks.count())
                .u64(startNanos)
                .u64(endNanos)
                .idToCountMap(messagesByChannel);
        out.endRecord();
    }

    /**
     * The summary section, the summary offset section, the footer, whose CRC covers all of them, and the closing magic.
     *
     * @param start offset in the file at which they stand
     */
    <E extends Exception> void encode(long start, SummarySink<E> sink) throws IOException, E {
        RecordBuffer offsets = new RecordBuffer(256);
        schemas.forEach((id, schema) -> appendSchema(scratch, id, schema));
        long at = records(Opcode.SCHEMA, start, offsets, sink);
        channels.values().forEach(channel -> appendChannel(scratch, channel));
        at = records(Opcode.CHANNEL, at, offsets, sink);
        at = indexes(Opcode.CHUNK_INDEX, at, chunks, offsets, sink);
        at = indexes(Opcode.ATTACHMENT_INDEX, at, attachments, offsets, sink);
        at = indexes(Opcode.METADATA_INDEX, at, metadata, offsets, sink);
        appendStatistics(scratch);
        at = records(Opcode.STATISTICS, at, offsets, sink);
        sink.records(offsets);
        // Not beginRecord: the CRC covers the footer's length too.
        scratch.u8(Opcode.FOOTER).u64(FOOTER_BYTES).u64(start).u64(at);
        take(sink);
        scratch.u32(sink.crc32()).raw(Opcode.magic());
        take(sink);
    }

    /** Hands over one group, which stands in the scratch buffer, and returns where it ends. */
    private <E extends Exception> long records(int opcode, long at, RecordBuffer offsets, SummarySink<E> sink)
            throws IOException, E {
        int bytes = scratch.size();
        take(sink);
        return group(opcode, at, bytes, offsets);
    }

    private static <E extends Exception> long indexes(
            int opcode, long at, IndexGroup group, RecordBuffer offsets, SummarySink<E> sink) throws IOException, E {
        sink.indexes(group);
        return group(opcode, at, group.bytes(), offsets);
    }

    private static long group(int opcode, long at, long bytes, RecordBuffer offsets) {
        if (bytes > 0) {
            offsets.beginRecord(Opcode.SUMMARY_OFFSET).u8(opcode).u64(at).u64(bytes);
            offsets.endRecord();
        }
        return at + bytes;
    }

    private <E extends Exception> void take(SummarySink<E> sink) throws IOException, E {
        sink.records(scratch);
        scratch.clear();
    }
}
