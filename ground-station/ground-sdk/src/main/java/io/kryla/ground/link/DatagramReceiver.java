package io.kryla.ground.link;

import java.net.InetSocketAddress;

/** Takes datagrams on the port's one thread; must not block. */
public interface DatagramReceiver {
    /** @param buffer holds the datagram in its first {@code length} bytes; the port's again when this returns */
    void onDatagram(byte[] buffer, int length, InetSocketAddress from);

    /** No more datagrams wait for now: time to hand on what came in one go. */
    void onPause();
}
