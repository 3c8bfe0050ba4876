package io.kryla.ground.line;

import io.kryla.link.DatagramLink;
import io.kryla.link.UdpLink;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Real UDP, with a copy of everything that an airframe sends and receives; can keep what is sent to itself. */
public final class TapLink implements DatagramLink {
    private final InetSocketAddress peer;
    private final UdpLink path;
    private final List<byte[]> sent = new CopyOnWriteArrayList<>();
    private final List<byte[]> received = new CopyOnWriteArrayList<>();
    private volatile boolean held;

    public TapLink(InetSocketAddress peer) {
        this.peer = peer;
        this.path = UdpLink.connect(peer);
    }

    public InetSocketAddress peer() {
        return peer;
    }

    /** In order; a live list. */
    public List<byte[]> sent() {
        return sent;
    }

    public List<byte[]> received() {
        return received;
    }

    /** From now on nothing that the airframe sends goes out by itself. */
    public void hold() {
        held = true;
    }

    /** Sends what somebody on the path might: any thread. */
    public void inject(byte[] datagram) {
        path.send(datagram);
    }

    @Override
    public void send(byte[] datagram) {
        sent.add(datagram.clone());
        if (!held) {
            path.send(datagram);
        }
    }

    @Override
    public int receive(byte[] into, Duration timeout) {
        return tapped(into, path.receive(into, timeout));
    }

    @Override
    public int poll(byte[] into) {
        return tapped(into, path.poll(into));
    }

    private int tapped(byte[] into, int length) {
        if (length != NOTHING) {
            received.add(Arrays.copyOf(into, length));
        }
        return length;
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
