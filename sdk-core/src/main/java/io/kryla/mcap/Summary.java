package io.kryla.mcap;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the data section held: collected while it is written, and again while it is read, so that a reader can demand the
 * very summary that this writer would have written.
 */
final class Summary {
    static final int FOOTER_BYTES = 8 + 8 + 4;

    final SortedMap<Integer, McapSchema> schemas = new TreeMap<>();
    final SortedMap<Integer, McapChannel> channels = new TreeMap<>();
    final List<ChunkIndex> chunks = new ArrayList<>();
    final List<AttachmentIndex> attachments = new ArrayList<>();
    final List<MetadataIndex> metadata = new ArrayList<>();
    final SortedMap<Integer, Long> messagesByChannel = new TreeMap<>();
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

    void appendStatistics(RecordBuffer out) {
        out.beginRecord(Opcode.STATISTICS)
                .u64(messages)
                .u16(schemas.size())
                .u32(channels.size())
                .u32(attachments.size())
                .u32(metadata.size())
                .u32(chunks.size())
                .u64(startNanos)
                .u64(endNanos)
                .idToCountMap(messagesByChannel);
        out.endRecord();
    }

    /**
     * The summary section, the summary offset section and the footer, whose CRC covers all of them.
     *
     * @param start offset in the file at which these bytes will stand
     */
    RecordBuffer encode(long start) {
        RecordBuffer out = new RecordBuffer(8_192);
        RecordBuffer offsets = new RecordBuffer(256);
        group(out, offsets, start, Opcode.SCHEMA, () -> schemas.forEach((id, schema) -> appendSchema(out, id, schema)));
        group(
                out,
                offsets,
                start,
                Opcode.CHANNEL,
                () -> channels.values().forEach(channel -> appendChannel(out, channel)));
        group(out, offsets, start, Opcode.CHUNK_INDEX, () -> chunks.forEach(index -> index.appendTo(out)));
        group(out, offsets, start, Opcode.ATTACHMENT_INDEX, () -> attachments.forEach(index -> index.appendTo(out)));
        group(out, offsets, start, Opcode.METADATA_INDEX, () -> metadata.forEach(index -> index.appendTo(out)));
        group(out, offsets, start, Opcode.STATISTICS, () -> appendStatistics(out));
        long offsetsStart = start + out.size();
        out.raw(offsets.toByteArray());
        // Not beginRecord: the CRC covers the footer's length too.
        out.u8(Opcode.FOOTER).u64(FOOTER_BYTES).u64(start).u64(offsetsStart);
        out.u32(out.crc32(0, out.size()));
        return out;
    }

    private static void group(RecordBuffer out, RecordBuffer offsets, long start, int opcode, Runnable append) {
        int from = out.size();
        append.run();
        if (out.size() > from) {
            offsets.beginRecord(Opcode.SUMMARY_OFFSET)
                    .u8(opcode)
                    .u64(start + from)
                    .u64(out.size() - from);
            offsets.endRecord();
        }
    }
}
