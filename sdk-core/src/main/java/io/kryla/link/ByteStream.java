package io.kryla.link;

import java.io.IOException;

/**
 * A reliable stream of bytes to one peer and back. One thread reads, one writes; {@link #close} may be called by any and
 * ends whatever the others wait for.
 */
public interface ByteStream extends AutoCloseable {
    int END = -1;

    /** Waits for at least one byte and copies what fits; {@link #END} once the peer has ended its direction. */
    int read(byte[] into) throws IOException;

    /** Hands over all bytes, in order after all earlier ones; waits while the path has no room for them. */
    void write(byte[] bytes) throws IOException;

    /** Whether {@link #read} has something to say at once, be it bytes, the end or a failure. */
    boolean hasInput();

    /** The far end, for logs and messages: an address, a port's name. */
    String peer();

    /** Ends both directions, after the bytes already taken where the path can; does not wait. */
    @Override
    void close();
}
