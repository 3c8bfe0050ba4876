package io.kryla.mcap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;

/** The file under construction: knows its length and the CRC-32 of everything written since the last reset. */
final class CountingOutput extends OutputStream {
    private final FileChannel file;
    private final CRC32 crc = new CRC32();
    private long position;

    CountingOutput(FileChannel file) {
        this.file = file;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
        while (rest.hasRemaining()) {
            file.write(rest);
        }
        crc.update(bytes, offset, length);
        position += length;
    }

    /** Bytes written whole; a write that failed does not count. */
    long position() {
        return position;
    }

    long crc32() {
        return crc.getValue();
    }

    void resetCrc() {
        crc.reset();
    }
}
