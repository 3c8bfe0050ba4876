package io.kryla.mcap;

import io.kryla.mcap.McapReadResult.Code;
import io.kryla.mcap.McapReadResult.Complete;
import java.util.zip.CRC32;

/** Takes the records of the data section in order, delivers them, and keeps what the summary must say of them. */
final class DataSection {
    private final McapLimits limits;
    private final McapVisitor visitor;
    private final boolean strict;
    private final Summary summary = new Summary();
    private final Streams streams;
    private final RecordBuffer index = new RecordBuffer(256);
    private boolean headerSeen;
    private long uncompressedBytes;
    private ChunkContent lastChunk = ChunkContent.none();

    DataSection(McapLimits limits, McapVisitor visitor, boolean strict) {
        this.limits = limits;
        this.visitor = visitor;
        this.strict = strict;
        this.streams = new Streams(limits, visitor, summary, strict);
    }

    void record(int opcode, byte[] content, long offset, long length) throws MalformedMcap {
        if (headerSeen == (opcode == Opcode.HEADER)) {
            throw new MalformedMcap(Code.MALFORMED, "the header must be the first record, and the only header");
        }
        RecordCursor cursor = new RecordCursor(content, 0, content.length);
        if (opcode == Opcode.MESSAGE_INDEX) {
            lastChunk.takeIndex(cursor, offset, length, strict);
        } else {
            closeChunk();
            take(opcode, content, cursor, offset, length);
        }
        if (strict) {
            cursor.requireEnd();
        }
    }

    private void take(int opcode, byte[] content, RecordCursor cursor, long offset, long length) throws MalformedMcap {
        switch (opcode) {
            case Opcode.HEADER -> header(cursor);
            case Opcode.CHUNK -> chunk(cursor, offset, length);
            case Opcode.ATTACHMENT -> attachment(content, cursor, offset, length);
            case Opcode.METADATA -> metadata(cursor, offset, length);
            default -> streams.record(opcode, cursor, false);
        }
    }

    private void header(RecordCursor cursor) throws MalformedMcap {
        headerSeen = true;
        String profile = cursor.string();
        String library = cursor.string();
        if (strict && !library.equals(McapWriter.LIBRARY)) {
            throw new MalformedMcap(Code.MALFORMED, "the header names another library than " + McapWriter.LIBRARY);
        }
        visitor.onHeader(profile, library);
    }

    private void chunk(RecordCursor cursor, long offset, long length) throws MalformedMcap {
        countEntry();
        ChunkContent chunk = ChunkContent.read(cursor, offset, length, limits.chunkBytes(), strict);
        uncompressedBytes += chunk.size();
        if (uncompressedBytes > limits.totalBytes()) {
            throw new MalformedMcap(Code.OVERSIZE, "the chunks hold more than " + limits.totalBytes() + " bytes");
        }
        requireCrc("a chunk", chunk.storedCrc(), chunk.crc32());
        chunk.deliver(streams);
        lastChunk = chunk;
    }

    private void attachment(byte[] content, RecordCursor cursor, long offset, long length) throws MalformedMcap {
        countEntry();
        long logTime = cursor.u64();
        long createTime = cursor.u64();
        String name = cursor.string();
        String mediaType = cursor.string();
        byte[] bytes = cursor.raw(cursor.u64());
        CRC32 crc = new CRC32();
        crc.update(content, 0, cursor.position());
        requireCrc("an attachment", cursor.u32(), crc.getValue());
        McapAttachment attachment = McapAttachment.read(name, mediaType, logTime, createTime, bytes);
        AttachmentIndex.of(attachment, offset, length).appendTo(index);
        remember(summary.attachments);
        visitor.onAttachment(attachment);
    }

    private void metadata(RecordCursor cursor, long offset, long length) throws MalformedMcap {
        countEntry();
        McapMetadata metadata = new McapMetadata(cursor.string(), cursor.stringMap(strict));
        new MetadataIndex(offset, length, metadata.name()).appendTo(index);
        remember(summary.metadata);
        visitor.onMetadata(metadata);
    }

    private void closeChunk() throws MalformedMcap {
        if (lastChunk.exists()) {
            lastChunk.index(strict).appendTo(index);
            remember(summary.chunks);
            lastChunk = ChunkContent.none();
        }
    }

    private void remember(IndexGroup group) {
        group.add(index);
        index.clear();
    }

    void end(int contentLength) throws MalformedMcap {
        if (!headerSeen || contentLength != Integer.BYTES) {
            throw new MalformedMcap(Code.MALFORMED, "the data section ends before it began, or not as it should");
        }
        closeChunk();
    }

    /** A stored zero means "not available" in every record of the format; strictly, it must be there. */
    void requireCrc(String what, long stored, long computed) throws MalformedMcap {
        if (stored != computed && (strict || stored != 0)) {
            throw new MalformedMcap(
                    Code.BAD_CRC,
                    "the checksum of " + what + " is " + Long.toHexString(stored) + ", its bytes give "
                            + Long.toHexString(computed));
        }
    }

    private void countEntry() throws MalformedMcap {
        if (summary.entries() >= limits.entries()) {
            throw new MalformedMcap(Code.OVERSIZE, "more than " + limits.entries() + " chunks, attachments, metadata");
        }
    }

    Summary summary() {
        return summary;
    }

    long messages() {
        return summary.messages();
    }

    Complete complete() {
        return new Complete(
                summary.messages(), summary.attachments.count(), summary.metadata.count(), summary.chunks.count());
    }
}
