package io.kryla.mcap;

import io.kryla.mcap.McapOptions.Durability;
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
 * their offsets; every CRC is present. Memory does not grow with the number of messages or chunks, only with that of
 * attachments and metadata. After an I/O error the file ends with its last whole record and takes nothing more. Confined
 * to one thread.
 */
public final class McapWriter implements AutoCloseable {
    static final String LIBRARY = "kryla";

    private final Path target;
    private final Path partial;
    private final McapOptions options;
    private final long chunkSpanNanos;
    private final FileChannel file;
    private final CountingOutput out;
    private final ChunkBuilder chunk;
    private final RecordBuffer scratch = new RecordBuffer(4_096);
    private final RecordBuffer attachmentIndexes = new RecordBuffer(256);
    private final RecordBuffer metadataIndexes = new RecordBuffer(256);
    private final Summary summary = new Summary();
    private long wholeBytes;
    private boolean failed;
    private boolean finished;

    private McapWriter(Path target, McapOptions options, FileChannel file) {
        this.target = target;
        this.partial = partialOf(target);
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
        return create(
                target,
                options,
                FileChannel.open(
                        partialOf(target),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE));
    }

    /** @param file the open {@link #partialOf} of the target, empty */
    static McapWriter create(Path target, McapOptions options, FileChannel file) throws IOException {
        McapWriter writer = new McapWriter(target, options, file);
        try {
            writer.out.write(Opcode.magic());
            writer.scratch.beginRecord(Opcode.HEADER).string(options.profile()).string(LIBRARY);
            writer.writeScratch();
            if (options.durability() == Durability.EVERY_CHUNK) {
                syncFolder(writer.partial);
            }
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

    /** Opens a channel; messages name what is returned. */
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
        requireSound();
        if (!chunk.isEmpty() && logTimeNanos - chunk.firstNanos() >= chunkSpanNanos) {
            flush();
        }
        chunk.add(channel.id(), sequence, logTimeNanos, publishTimeNanos, data);
        summary.countMessage(channel.id(), logTimeNanos);
        if (chunk.size() >= options.chunkBytes()) {
            flush();
        }
    }

    /** Closes the current chunk: all messages so far then survive the loss of the process; of power, by the options. */
    public void flush() throws IOException {
        requireSound();
        if (chunk.isEmpty()) {
            return;
        }
        chunk.writeTo(scratch, out.position(), summary.chunks);
        flushScratch();
        if (options.durability() == Durability.EVERY_CHUNK) {
            attempt(() -> file.force(false));
        }
    }

    /** Messages that were added, those of the chunk that is not closed yet included. */
    public long messages() {
        return summary.messages();
    }

    /** Chunks that were closed. */
    public long chunks() {
        return summary.chunks.count();
    }

    /** Length of the file so far: every record in it is whole. */
    public long wholeBytes() {
        return wholeBytes;
    }

    /** Ends the chunk in hand and writes the file after it. */
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
        AttachmentIndex.of(attachment, offset, out.position() - offset).appendTo(scratch);
        remember(summary.attachments, attachmentIndexes);
    }

    /** Ends the chunk in hand and writes the strings after it. */
    public void addMetadata(McapMetadata metadata) throws IOException {
        flush();
        long offset = out.position();
        scratch.beginRecord(Opcode.METADATA).string(metadata.name()).stringMap(metadata.entries());
        writeScratch();
        new MetadataIndex(offset, out.position() - offset, metadata.name()).appendTo(scratch);
        remember(summary.metadata, metadataIndexes);
    }

    private void remember(IndexGroup group, RecordBuffer indexes) {
        group.add(scratch);
        indexes.append(scratch);
        scratch.clear();
    }

    /** Completes the file, syncs it and gives it its name in one step, in place of an older one. */
    public void finish() throws IOException {
        flush();
        attempt(this::complete);
        file.close();
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        finished = true;
        syncFolder(target);
    }

    private void complete() throws IOException {
        long dataEnd = out.position();
        long dataCrc = out.crc32();
        scratch.beginRecord(Opcode.DATA_END).u32(dataCrc);
        scratch.endRecord();
        scratch.writeTo(out);
        scratch.clear();
        out.resetCrc();
        summary.encode(out.position(), new Written(dataEnd));
        file.force(true);
    }

    /** The summary as it is written; chunk indexes come from the file itself. */
    private final class Written implements SummarySink<IOException> {
        private final long dataEnd;

        Written(long dataEnd) {
            this.dataEnd = dataEnd;
        }

        @Override
        public void records(RecordBuffer records) throws IOException {
            records.writeTo(out);
        }

        @Override
        public void indexes(IndexGroup group) throws IOException {
            if (group == summary.attachments) {
                attachmentIndexes.writeTo(out);
            } else if (group == summary.metadata) {
                metadataIndexes.writeTo(out);
            } else {
                chunkIndexes(group);
            }
        }

        private void chunkIndexes(IndexGroup group) throws IOException {
            ChunkIndexScan scan = new ChunkIndexScan(file, dataEnd);
            IndexGroup found = new IndexGroup();
            RecordBuffer index = new RecordBuffer(256);
            for (; scan.next(index); index.clear()) {
                found.add(index);
                index.writeTo(out);
            }
            if (!group.equalTo(found)) {
                throw new IOException("the file does not hold the chunks that were written: " + partial);
            }
        }

        @Override
        public long crc32() {
            return out.crc32();
        }
    }

    private static void syncFolder(Path file) throws IOException {
        Path parent = file.toAbsolutePath().resolveSibling(".");
        try (FileChannel folder = FileChannel.open(parent, StandardOpenOption.READ)) {
            folder.force(true); // the name itself
        }
    }

    /** Leaves an unfinished file as {@code .partial}, readable up to here. Does nothing after {@link #finish}. */
    @Override
    public void close() throws IOException {
        if (finished || !file.isOpen()) {
            return;
        }
        try (file) {
            if (!failed) {
                flush();
                file.force(true);
            }
        }
    }

    /** Deletes an unfinished file. Does nothing after {@link #finish}. */
    public void discard() throws IOException {
        if (!finished) {
            file.close();
            Files.deleteIfExists(partial);
        }
    }

    private void requireSound() throws IOException {
        if (failed) {
            throw new IOException("an earlier write to " + partial + " failed");
        }
    }

    private void writeScratch() throws IOException {
        scratch.endRecord();
        flushScratch();
    }

    /** Schemas and channels stand in the data section, ahead of the chunk that first uses them. */
    private void flushScratch() throws IOException {
        requireSound();
        attempt(() -> scratch.writeTo(out));
        scratch.clear();
        wholeBytes = out.position();
    }

    private interface Step {
        void run() throws IOException;
    }

    /** A failed step is the last: the file is cut back to what was whole before it. */
    private void attempt(Step step) throws IOException {
        try {
            step.run();
        } catch (IOException e) {
            failed = true;
            try {
                file.truncate(wholeBytes);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }
}
