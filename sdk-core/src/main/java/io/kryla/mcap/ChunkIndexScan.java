package io.kryla.mcap;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.TreeMap;

/**
 * Reads the chunk indexes back out of the data section that was just written, one after the other, so that a writer need
 * not keep them however long it records. Only the heads of records are read.
 */
final class ChunkIndexScan {
    /** Of a chunk: opcode, length, two times, size, checksum; the compression's name and the stored size follow. */
    private static final int CHUNK_HEAD = Opcode.RECORD_HEADER_BYTES + 8 + 8 + 8 + 4;

    private static final int HEAD = CHUNK_HEAD + 4 + 16 + 8;

    private final FileChannel file;
    private final long end;
    private final ByteBuffer head = ByteBuffer.allocate(HEAD).order(ByteOrder.LITTLE_ENDIAN);
    private long next = Opcode.magic().length;

    /** @param end of the data section: the offset of its Data End record */
    ChunkIndexScan(FileChannel file, long end) {
        this.file = file;
        this.end = end;
    }

    /** Appends the next chunk's index to the buffer; false when there is none. */
    boolean next(RecordBuffer out) throws IOException {
        while (next < end) {
            long at = next;
            int opcode = readHead(at);
            next = at + Opcode.RECORD_HEADER_BYTES + head.getLong(1);
            if (opcode == Opcode.CHUNK) {
                chunk(at).appendTo(out);
                return true;
            }
        }
        return false;
    }

    private ChunkIndex chunk(long at) throws IOException {
        try {
            RecordCursor cursor = new RecordCursor(head.array(), Opcode.RECORD_HEADER_BYTES, head.limit());
            long start = cursor.u64();
            long last = cursor.u64();
            long size = cursor.u64();
            cursor.u32();
            String compression = cursor.string();
            long stored = cursor.u64();
            long length = next - at;
            long indexesAt = next;
            TreeMap<Integer, Long> offsets = new TreeMap<>();
            while (next < end && readHead(next) == Opcode.MESSAGE_INDEX) {
                offsets.put((int) head.getShort(Opcode.RECORD_HEADER_BYTES) & 0xffff, next);
                next += Opcode.RECORD_HEADER_BYTES + head.getLong(1);
            }
            return new ChunkIndex(start, last, at, length, offsets, next - indexesAt, compression, stored, size);
        } catch (MalformedMcap e) {
            throw new IOException("chunk at byte " + at + " is not what was written: " + e.reason());
        }
    }

    /** Reads as much of a record's beginning as there is, and returns its opcode. */
    private int readHead(long at) throws IOException {
        head.clear().limit((int) Math.min(HEAD, Math.max(Opcode.RECORD_HEADER_BYTES, end - at)));
        while (head.hasRemaining()) {
            if (file.read(head, at + head.position()) < 0) {
                throw new EOFException("the file ends before byte " + end + ", which was written");
            }
        }
        head.flip();
        return head.get(0) & 0xff;
    }
}
