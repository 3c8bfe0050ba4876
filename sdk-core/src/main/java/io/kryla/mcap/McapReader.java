package io.kryla.mcap;

import io.kryla.mcap.McapReadResult.Code;
import io.kryla.mcap.McapReadResult.CutOff;
import io.kryla.mcap.McapReadResult.Rejected;
import io.kryla.mcap.McapReadResult.Stopped;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Reads MCAP files of any writer from start to end, hostile ones included: no length is believed before it is checked
 * against {@link McapLimits} and what is left of the file, and nothing is thrown but an I/O error. Confined to the
 * calling thread.
 */
public final class McapReader {
    private static final int BLOCK_BYTES = 1 << 16;

    private final RecordSource source;
    private final McapVisitor visitor;
    private final boolean strict;
    private final DataSection data;
    private long recordAt;

    private McapReader(RecordSource source, McapLimits limits, McapVisitor visitor, boolean strict) {
        this.source = source;
        this.visitor = visitor;
        this.strict = strict;
        this.data = new DataSection(limits, visitor, strict);
    }

    /** Reads a file of any writer: checksums, indexes and summary may be absent, as the specification allows. */
    public static McapReadResult read(Path file, McapLimits limits, McapVisitor visitor) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return read(in, Files.size(file), limits, visitor, false);
        }
    }

    /**
     * Reads a file as {@link McapWriter} writes it: every checksum must be present, and indexes and summary must be those
     * that follow from the data, so that no single bit of the file can change unnoticed; records and bytes that this writer
     * would not have written are refused.
     */
    public static McapReadResult readStrictly(Path file, McapLimits limits, McapVisitor visitor) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return readStrictly(in, Files.size(file), limits, visitor);
        }
    }

    /**
     * As {@link #readStrictly(Path, McapLimits, McapVisitor)}, for callers who hash or count what is read.
     *
     * @param length of the whole file; the stream is read up to it at most, and not closed
     */
    public static McapReadResult readStrictly(InputStream in, long length, McapLimits limits, McapVisitor visitor)
            throws IOException {
        return read(in, length, limits, visitor, true);
    }

    static McapReadResult read(InputStream in, long length, McapLimits limits, McapVisitor visitor, boolean strict)
            throws IOException {
        RecordSource source = new RecordSource(in, length, limits.recordBytes());
        return new McapReader(source, limits, visitor, strict).run();
    }

    private McapReadResult run() throws IOException {
        try {
            readMagic(Code.NOT_MCAP, "the file does not begin with the MCAP magic");
            if (!readDataSection()) {
                return new Stopped(recordAt, data.messages());
            }
            if (strict) {
                demandExactSummary();
            } else {
                readSummary();
            }
            return data.complete();
        } catch (MalformedMcap e) {
            return new Rejected(e.code(), recordAt, e.reason());
        } catch (EOFException e) {
            return new CutOff(recordAt, data.messages());
        }
    }

    private void readMagic(Code code, String reason) throws IOException, MalformedMcap {
        recordAt = source.position();
        for (byte expected : Opcode.magic()) {
            if (source.nextByte() != (expected & 0xff)) {
                throw new MalformedMcap(code, reason);
            }
        }
    }

    /** Whether it was read to its end. */
    private boolean readDataSection() throws IOException, MalformedMcap {
        while (true) {
            recordAt = source.position();
            if (!visitor.wantsMore()) {
                return false;
            }
            long crcBefore = source.crc32();
            int opcode = source.nextByte();
            byte[] content = source.nextContent();
            if (opcode == Opcode.DATA_END) {
                long stored = new RecordCursor(content, 0, content.length).u32();
                data.requireCrc("the data section", stored, crcBefore);
                data.end(content.length);
                return true;
            }
            data.record(opcode, content, recordAt, source.position() - recordAt);
        }
    }

    /** Summary, footer and closing magic are a function of the data section: every byte must be as expected. */
    private void demandExactSummary() throws IOException, MalformedMcap {
        source.resetCrc();
        data.summary().encode(source.position(), new Expected());
        requireEnd();
    }

    private final class Expected implements SummarySink<MalformedMcap> {
        @Override
        public void records(RecordBuffer records) throws IOException, MalformedMcap {
            recordAt = source.position();
            byte[] expected = records.toByteArray();
            int difference = Arrays.mismatch(expected, source.nextBytes(expected.length));
            if (difference >= 0) {
                throw notThatOfTheData(recordAt + difference);
            }
        }

        @Override
        public void indexes(IndexGroup group) throws IOException, MalformedMcap {
            recordAt = source.position();
            MessageDigest found = IndexGroup.sha256();
            for (long left = group.bytes(); left > 0; ) {
                byte[] block = source.nextBytes((int) Math.min(left, BLOCK_BYTES));
                found.update(block);
                left -= block.length;
            }
            if (!group.hasHash(found.digest())) {
                throw notThatOfTheData(recordAt);
            }
        }

        @Override
        public long crc32() {
            return source.crc32();
        }

        private MalformedMcap notThatOfTheData(long from) {
            return new MalformedMcap(Code.BAD_INDEX, "the summary is not that of the data, from byte " + from);
        }
    }

    private void readSummary() throws IOException, MalformedMcap {
        long start = source.position();
        source.resetCrc();
        while (true) {
            recordAt = source.position();
            int opcode = source.nextByte();
            if (opcode == Opcode.FOOTER) {
                readFooter(start);
                return;
            }
            if (!Opcode.allowedInSummary(opcode)) {
                throw new MalformedMcap(Code.MALFORMED, "record of type " + opcode + " in the summary");
            }
            source.nextContent();
        }
    }

    private void readFooter(long summaryStart) throws IOException, MalformedMcap {
        byte[] fields = source.nextBytes(3 * Long.BYTES); // length, summary_start, summary_offset_start
        long crc = source.crc32();
        byte[] storedCrc = source.nextBytes(Integer.BYTES);
        RecordCursor footer = new RecordCursor(fields, 0, fields.length);
        if (footer.u64() != Summary.FOOTER_BYTES) {
            throw new MalformedMcap(Code.MALFORMED, "the footer has a wrong length");
        }
        data.requireCrc("the summary", new RecordCursor(storedCrc, 0, Integer.BYTES).u32(), crc);
        if (footer.u64() != (recordAt == summaryStart ? 0 : summaryStart)) {
            throw new MalformedMcap(Code.BAD_INDEX, "the footer does not point to the summary");
        }
        readMagic(Code.MALFORMED, "the file does not end with the MCAP magic");
        requireEnd();
    }

    private void requireEnd() throws MalformedMcap {
        if (!source.atEnd()) {
            recordAt = source.position();
            throw new MalformedMcap(Code.MALFORMED, "bytes follow the closing magic");
        }
    }
}
