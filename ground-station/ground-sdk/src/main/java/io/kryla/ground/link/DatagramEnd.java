package io.kryla.ground.link;

import io.kryla.link.LinkPace;
import java.net.InetSocketAddress;

/** Where a session's datagrams come in and go out: the UDP port, or a line to one airframe. */
public interface DatagramEnd {
    /** Any thread; never waits. What there is no room for is lost. */
    void send(byte[] datagram, InetSocketAddress to);

    /** How what is behind it wants to be used. */
    default LinkPace pace() {
        return LinkPace.NETWORK;
    }
}
