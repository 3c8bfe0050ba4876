package io.kryla.link;

import java.io.IOException;

/**
 * A line to one peer that carries reliable streams and datagrams side by side, such as a serial radio. The airframe's end opens
 * streams, the ground's accepts them. Any thread.
 */
public interface SharedLine extends AutoCloseable {
    /** In logs and messages: the port's name. */
    String name();

    /** A new stream to the peer; its first bytes open it. */
    ByteStream open() throws IOException;

    /** Waits for the next stream that the peer opens, or until the line is closed: throws then. */
    ByteStream accept() throws IOException;

    /** The datagrams of one session, or of all: each is received by the link whose session it names, if there is one. */
    DatagramLink datagrams();

    /** Ends every stream, after what was said where it can still be sent. */
    @Override
    void close();
}
