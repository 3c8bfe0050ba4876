package io.kryla.station.founding;

import io.kryla.keys.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The firmware image of the demonstration design: bytes to hash, flash and read back. Runs on nothing. */
final class DemoFirmware {
    static final String VERSION = "1.0.0";
    private static final int SIZE_BYTES = 64 * 1024;

    private DemoFirmware() {}

    /** The same bytes always: a hash chain from the version. */
    static byte[] image() {
        ByteBuffer image = ByteBuffer.allocate(SIZE_BYTES);
        byte[] block = ("kryla demo firmware " + VERSION + ", not for flight").getBytes(StandardCharsets.US_ASCII);
        while (image.hasRemaining()) {
            block = Digest.sha256(block).bytes();
            image.put(block);
        }
        return image.array();
    }

    static Digest sha256() {
        return Digest.sha256(image());
    }
}
