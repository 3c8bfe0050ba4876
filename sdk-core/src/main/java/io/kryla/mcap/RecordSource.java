package io.kryla.mcap;

import io.kryla.mcap.McapReadResult.Code;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/** The file being read: knows its position and the CRC-32 since the last reset, and allocates nothing over the limit. */
final class RecordSource {
    private final InputStream in;
    private final long fileBytes;
    private final int recordLimit;
    private final CRC32 crc = new CRC32();
    private long position;

    RecordSource(InputStream in, long fileBytes, int recordLimit) {
        this.in = in;
        this.fileBytes = fileBytes;
        this.recordLimit = recordLimit;
    }

    long position() {
        return position;
    }

    long crc32() {
        return crc.getValue();
    }

    void resetCrc() {
        crc.reset();
    }

    boolean atEnd() {
        return position == fileBytes;
    }

    int nextByte() throws IOException {
        return nextBytes(1)[0] & 0xff;
    }

    /** Length and content of a record whose opcode was taken. */
    byte[] nextContent() throws IOException, MalformedMcap {
        byte[] field = nextBytes(Long.BYTES);
        long length = new RecordCursor(field, 0, field.length).u64();
        if (length < 0 || length > recordLimit) {
            throw new MalformedMcap(
                    Code.OVERSIZE,
                    "a record of " + Long.toUnsignedString(length) + " bytes; the limit is " + recordLimit);
        }
        return nextBytes((int) length);
    }

    /** @throws EOFException when fewer are left */
    byte[] nextBytes(int length) throws IOException {
        if (length > fileBytes - position) {
            throw new EOFException();
        }
        byte[] bytes = in.readNBytes(length);
        position += bytes.length;
        crc.update(bytes, 0, bytes.length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }
}
