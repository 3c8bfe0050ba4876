package io.kryla.ground.link;

import java.net.InetSocketAddress;

/** Takes datagrams on the port's one thread; must not block. */
@FunctionalInterface
public interface DatagramReceiver {
    /** @param datagram the callee's */
    void onDatagram(byte[] datagram, InetSocketAddress from);
}
