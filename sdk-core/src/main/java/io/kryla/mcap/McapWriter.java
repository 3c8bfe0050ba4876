package io.kryla.mcap;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.SortedMap;

/**
 * Writes an MCAP file that appears under its name only when it is whole: until {@link #finish} it is called
 * {@code <name>.partial}, then it is synced and renamed. A file cut off before that is readable up to its last closed
 * chunk. The same options and calls give the same bytes on every machine: no clock is read, and the library named in the
 * header is fixed.
 *
 * <p>Messages go into chunks with message indexes; the summary holds schemas, channels, all indexes, statistics and
 * their offsets; every CRC is present. Confined to one thread.
 */
public final class McapWriter implements AutoCloseable {
    private static final String LIBRARY = "kryla";

    private final Path target;
    private final Path partial;
    private final McapOptions options;
    private final long chunkSpanNanos;
    private final FileChannel file;
    private final CountingOutput out;
    private final ChunkBuilder chunk;
    private final RecordBuffer scratch = new RecordBuffer(4_096);
    private final Summary summary = new Summary();
    private boolean finished;

    private McapWriter(Path target, Path partial, McapOptions options, FileChannel file) {
        this.target = target;
        this.partial = partial;
        this.options = options;
        this.chunkSpanNanos = options.chunkSpan().toNanos();
        this.file = file;
        this.out = new CountingOutput(file);
        this.chunk = new ChunkBuilder(options);
    }

    /**
     * Begins a file; the folder must exist.
     *
     * @throws IOException when it cannot be written; nothing is left behind then
     */
    public static McapWriter create(Path target, McapOptions options) throws IOException {
        Path partial = partialOf(target);
        FileChannel file = FileChannel.open(
                partial, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        McapWriter writer = new McapWriter(target, partial, options, file);
        try {
            writer.out.write(Opcode.magic());
            writer.scratch.beginRecord(Opcode.HEADER).string(options.profile()).string(LIBRARY);
            writer.writeScratch();
        } catch (IOException e) {
            writer.discard();
            throw e;
        }
        return writer;
    }

    /** Where a file is while it is being written. */
    public static Path partialOf(Path target) {
        return target.resolveSibling(target.getFileName() + ".partial");
    }

    /** Adds a channel of protobuf messages; the schema is written once, however many channels share it. */
    public McapChannel addChannel(String topic, McapSchema schema) throws IOException {
        return addChannel(topic, schema, Collections.emptySortedMap());
    }

    public McapChannel addChannel(String topic, McapSchema schema, SortedMap<String, String> metadata)
            throws IOException {
        int schemaId = schemaId(schema);
        McapChannel channel = new McapChannel(summary.channels.size(), schemaId, topic, schema.encoding(), metadata);
        summary.channels.put(channel.id(), channel);
        Summary.appendChannel(scratch, channel);
        flushScratch();
        return channel;
    }

    private int schemaId(McapSchema schema) throws IOException {
        for (var known : summary.schemas.entrySet()) {
            if (known.getValue().equals(schema)) {
                return known.getKey();
            }
        }
        int id = summary.schemas.size() + 1; // 0 means no schema
        summary.schemas.put(id, schema);
        Summary.appendSchema(scratch, id, schema);
        flushScratch();
        return id;
    }

    /**
     * Adds a message, whose data is copied.
     *
     * @param channel of this writer
     * @param sequence the producer's counter; its low 32 bits are kept
     * @param logTimeNanos the time by which the file is indexed, on whatever clock the recording uses throughout
     */
    public void write(McapChannel channel, long sequence, long logTimeNanos, long publishTimeNanos, byte[] data)
            throws IOException {
        if (!channel.equals(summary.channels.get(channel.id()))) {
            throw new IllegalArgumentException("channel of another file: " + channel.topic());
        }
        if (!chunk.isEmpty() && logTimeNanos - chunk.firstNanos() >= chunkSpanNanos) {
            flush();
        }
        chunk.add(channel.id(), sequence, logTimeNanos, publishTimeNanos, data);
        summary.countMessage(channel.id(), logTimeNanos);
        if (chunk.size() >= options.chunkBytes()) {
            flush();
        }
    }

    /** Closes the current chunk: all messages so far then survive the loss of the process, though not of power. */
    public void flush() throws IOException {
        if (!chunk.isEmpty()) {
            summary.chunks.add(chunk.writeTo(out));
        }
    }

    public void attach(McapAttachment attachment) throws IOException {
        flush();
        long offset = out.position();
        scratch.beginRecord(Opcode.ATTACHMENT)
                .u64(attachment.logTimeNanos())
                .u64(attachment.createTimeNanos())
                .string(attachment.name())
                .string(attachment.mediaType())
                .u64(attachment.size())
                .raw(attachment.dataUnshared());
        scratch.u32(scratch.crc32(Opcode.RECORD_HEADER_BYTES, scratch.size()));
        writeScratch();
        summary.attachments.add(AttachmentIndex.of(attachment, offset, out.position() - offset));
    }

    public void addMetadata(McapMetadata metadata) throws IOException {
        flush();
        long offset = out.position();
        scratch.beginRecord(Opcode.METADATA).string(metadata.name()).stringMap(metadata.entries());
        writeScratch();
        summary.metadata.add(new MetadataIndex(offset, out.position() - offset, metadata.name()));
    }

    /** Completes the file, syncs it and gives it its name in one step, in place of an older one. */
    public void finish() throws IOException {
        flush();
        long dataCrc = out.crc32();
        scratch.beginRecord(Opcode.DATA_END).u32(dataCrc);
        writeScratch();
        summary.encode(out.position()).writeTo(out);
        out.write(Opcode.magic());
        file.force(true);
        file.close();
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path parent = target.toAbsolutePath().resolveSibling(".");
        try (FileChannel folder = FileChannel.open(parent, StandardOpenOption.READ)) {
            folder.force(true); // the rename itself
        }
        finished = true;
    }

    /** Leaves an unfinished file as {@code .partial}, readable up to here. Does nothing after {@link #finish}. */
    @Override
    public void close() throws IOException {
        if (!finished && file.isOpen()) {
            flush();
            file.close();
        }
    }

    /** Deletes an unfinished file. Does nothing after {@link #finish}. */
    public void discard() throws IOException {
        if (!finished) {
            file.close();
            Files.deleteIfExists(partial);
        }
    }

    /** Schemas and channels stand in the data section, ahead of the chunk that first uses them. */
    private void flushScratch() throws IOException {
        scratch.writeTo(out);
        scratch.clear();
    }

    private void writeScratch() throws IOException {
        scratch.endRecord();
        flushScratch();
    }
}
