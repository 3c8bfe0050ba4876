package io.kryla.ground.line;

import io.kryla.link.DatagramLink;
import io.kryla.link.UdpLink;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Real UDP that can be cut, and moved to another port of this machine, as a mobile network does with its subscribers. */
public final class SwitchedLink implements DatagramLink {
    private final InetSocketAddress peer;
    private volatile UdpLink path;
    private volatile boolean cut;

    public SwitchedLink(InetSocketAddress peer) {
        this.peer = peer;
        this.path = UdpLink.connect(peer);
    }

    /** From now on datagrams come from another address. */
    public void move() {
        UdpLink old = path;
        UdpLink fresh = UdpLink.connect(peer);
        fresh.follow(old);
        path = fresh;
        old.close();
    }

    /** From now on nothing gets through, either way. */
    public void cut() {
        cut = true;
    }

    /** What comes from now on gets through again. */
    public void mend() {
        cut = false;
    }

    @Override
    public void send(byte[] datagram) {
        if (!cut) {
            path.send(datagram);
        }
    }

    @Override
    public int receive(byte[] into, Duration timeout) {
        int length = path.receive(into, timeout);
        return cut ? NOTHING : length;
    }

    @Override
    public int poll(byte[] into) {
        int length = path.poll(into);
        return cut ? NOTHING : length;
    }

    @Override
    public void peerProven() {
        path.peerProven();
    }

    @Override
    public void follow(DatagramLink earlier) {
        path.follow(earlier instanceof SwitchedLink switched ? switched.path : earlier);
    }

    @Override
    public void wakeup() {
        path.wakeup();
    }

    @Override
    public void close() {
        path.close();
    }
}
