package io.kryla.radio;

import java.io.IOException;

/** Bytes to and from a serial device that is open. One thread reads, one writes; any may close. */
public interface SerialEnd extends AutoCloseable {
    /** Waits a while for bytes and copies what there is; 0 when none came; throws when the device is gone or closed. */
    int read(byte[] into) throws IOException;

    /** Hands all of them to the device. */
    void write(byte[] bytes, int length) throws IOException;

    @Override
    void close();
}
