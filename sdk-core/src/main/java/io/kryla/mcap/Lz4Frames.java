package io.kryla.mcap;

import io.kryla.mcap.McapReadResult.Code;

/**
 * Decompresses LZ4 frames, which other writers put into chunks (LZ4 frame format 1.6.2 and block format). Blocks may
 * refer to what stands before them; dictionaries and skippable frames are refused. Writes nothing beyond the size that
 * the chunk states. Only read: what Kryla writes is Zstandard.
 */
final class Lz4Frames {
    private static final long MAGIC = 0x184D2204L;
    private static final int UNCOMPRESSED_BLOCK = 1 << 31;
    private static final int SHORTEST_MATCH = 4;
    private static final int LARGEST_OFFSET = 0xffff;

    private final byte[] plain;
    private final byte[] stored;
    private final RecordCursor in;
    private int frameStart;
    private int written;

    private Lz4Frames(byte[] stored, int size) {
        this.plain = new byte[size];
        this.stored = stored;
        this.in = new RecordCursor(stored, 0, stored.length);
    }

    /** @param size of the result, within the reader's limits already */
    static byte[] decompress(byte[] stored, int size) throws MalformedMcap {
        Lz4Frames frames = new Lz4Frames(stored, size);
        while (frames.in.remaining() > 0) {
            frames.frame();
        }
        if (frames.written != size) {
            throw malformed("does not decompress to its stated size");
        }
        return frames.plain;
    }

    private void frame() throws MalformedMcap {
        if (in.u32() != MAGIC) {
            throw malformed("is not an LZ4 frame");
        }
        int descriptorAt = in.position();
        int flags = in.u8();
        boolean blockChecksums = (flags & 0x10) != 0;
        boolean contentSize = (flags & 0x08) != 0;
        boolean contentChecksum = (flags & 0x04) != 0;
        // Version 01, reserved bits zero, no dictionary.
        if (flags >> 6 != 1 || (flags & 0x03) != 0 || (in.u8() & 0x8f) != 0) {
            throw malformed("has an LZ4 frame of another version or with a dictionary");
        }
        long statedSize = contentSize ? in.u64() : -1;
        int descriptorHash = XxHash32.of(stored, descriptorAt, in.position());
        if (in.u8() != (descriptorHash >>> 8 & 0xff)) {
            throw new MalformedMcap(Code.BAD_CRC, "the checksum of an LZ4 frame's header does not match");
        }
        frameStart = written;
        blocks(blockChecksums);
        if (contentSize && statedSize != written - frameStart) {
            throw malformed("has an LZ4 frame that is not of its stated size");
        }
        if (contentChecksum) {
            requireHash(XxHash32.of(plain, frameStart, written));
        }
    }

    private void blocks(boolean checksums) throws MalformedMcap {
        for (int length = (int) in.u32(); length != 0; length = (int) in.u32()) {
            int bytes = length & ~UNCOMPRESSED_BLOCK;
            int at = in.skip(bytes);
            if ((length & UNCOMPRESSED_BLOCK) != 0) {
                copyLiterals(at, bytes);
            } else {
                block(new RecordCursor(stored, at, at + bytes));
            }
            if (checksums) {
                requireHash(XxHash32.of(stored, at, at + bytes));
            }
        }
    }

    private void requireHash(int computed) throws MalformedMcap {
        if ((int) in.u32() != computed) {
            throw new MalformedMcap(Code.BAD_CRC, "the checksum inside an LZ4 frame does not match");
        }
    }

    /** Sequences of literals and a match; the last has literals alone. */
    private void block(RecordCursor block) throws MalformedMcap {
        while (true) {
            int token = block.u8();
            int literals = length(block, token >>> 4);
            copyLiterals(block.skip(literals), literals);
            if (block.remaining() == 0) {
                return;
            }
            int offset = block.u16();
            copyMatch(offset, Math.addExact(length(block, token & 0x0f), SHORTEST_MATCH));
        }
    }

    private int length(RecordCursor block, int nibble) throws MalformedMcap {
        int length = nibble;
        for (int more = nibble == 15 ? 255 : 0; more == 255; ) {
            more = block.u8();
            length += more;
            if (length > plain.length) {
                throw malformed("holds more than its stated size");
            }
        }
        return length;
    }

    private void copyLiterals(int from, int length) throws MalformedMcap {
        requireRoom(length);
        System.arraycopy(stored, from, plain, written, length);
        written += length;
    }

    /** A match may overlap what it writes. */
    private void copyMatch(int offset, int length) throws MalformedMcap {
        requireRoom(length);
        if (offset == 0 || offset > LARGEST_OFFSET || offset > written - frameStart) {
            throw malformed("refers to bytes that are not there");
        }
        for (int end = written + length; written < end; written++) {
            plain[written] = plain[written - offset];
        }
    }

    private void requireRoom(int length) throws MalformedMcap {
        if (length > plain.length - written) {
            throw malformed("holds more than its stated size");
        }
    }

    private static MalformedMcap malformed(String what) {
        return new MalformedMcap(Code.MALFORMED, "a chunk " + what);
    }
}
