package io.kryla.ground.link;

import java.net.InetSocketAddress;

/** Where a session's datagrams come in and go out: the UDP port, or a line to one airframe. */
public interface DatagramEnd {
    /** Any thread; never waits. What there is no room for is lost. */
    void send(byte[] datagram, InetSocketAddress to);
}
