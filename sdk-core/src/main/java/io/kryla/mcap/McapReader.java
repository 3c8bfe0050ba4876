package io.kryla.mcap;

import io.kryla.mcap.McapReadResult.Code;
import io.kryla.mcap.McapReadResult.CutOff;
import io.kryla.mcap.McapReadResult.Rejected;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads MCAP files of any writer from start to end, hostile ones included: no length is believed before it is checked
 * against {@link McapLimits} and what is left of the file, and nothing is thrown but an I/O error. Confined to the
 * calling thread.
 */
public final class McapReader {
    private final RecordSource source;
    private final boolean strict;
    private final DataSection data;
    private long recordAt;

    private McapReader(RecordSource source, boolean strict, DataSection data) {
        this.source = source;
        this.strict = strict;
        this.data = data;
    }

    /** Reads a file of any writer: checksums, indexes and summary may be absent, as the specification allows. */
    public static McapReadResult read(Path file, McapLimits limits, McapVisitor visitor) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return read(in, Files.size(file), limits, visitor, false);
        }
    }

    /**
     * Reads a file as {@link McapWriter} writes it: every checksum must be present, and indexes and summary must be those
     * that follow from the data, so that no single bit of the file can change unnoticed.
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
        return new McapReader(source, strict, new DataSection(limits, visitor, strict)).run();
    }

    private McapReadResult run() throws IOException {
        try {
            readMagic(Code.NOT_MCAP, "the file does not begin with the MCAP magic");
            readDataSection();
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

    private void readDataSection() throws IOException, MalformedMcap {
        while (true) {
            recordAt = source.position();
            long crcBefore = source.crc32();
            int opcode = source.nextByte();
            byte[] content = source.nextContent();
            if (opcode == Opcode.DATA_END) {
                long stored = new RecordCursor(content, 0, content.length).u32();
                data.requireCrc("the data section", stored, crcBefore);
                data.end(content.length);
                return;
            }
            data.record(opcode, content, recordAt, source.position() - recordAt);
        }
    }

    /** Summary, footer and closing magic are a function of the data section: every byte must be as expected. */
    private void demandExactSummary() throws IOException, MalformedMcap {
        recordAt = source.position();
        byte[] expected = data.summary().encode(recordAt).raw(Opcode.magic()).toByteArray();
        byte[] found = source.nextBytes(expected.length);
        int difference = Arrays.mismatch(expected, found);
        if (difference >= 0) {
            throw new MalformedMcap(
                    Code.BAD_INDEX, "the summary is not that of the data, from byte " + (recordAt + difference));
        }
        requireEnd();
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
