package io.kryla.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;

/**
 * UDP to one peer, from a port the system chooses. The peer's address is the one given until a datagram from elsewhere {@linkplain
 * #peerProven is proven} to be the peer's; so whatever anyone sends to the port is received. An unreachable peer looks like loss.
 */
public final class UdpLink implements DatagramLink {
    private final UdpSocket socket;
    private final Selector selector;

    private UdpLink(UdpSocket socket, Selector selector) {
        this.socket = socket;
        this.selector = selector;
    }

    /** Opens a socket that takes datagrams from this peer only, at once: nobody is asked. */
    public static UdpLink connect(InetSocketAddress peer) {
        try {
            Selector selector = Selector.open();
            try {
                UdpSocket socket = UdpSocket.open(peer, new UdpSocket.Buffers());
                socket.channel().register(selector, SelectionKey.OP_READ);
                return new UdpLink(socket, selector);
            } catch (IOException e) {
                selector.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no UDP socket towards " + peer, e);
        }
    }

    public SocketAddress localAddress() {
        return socket.localAddress();
    }

    @Override
    public void send(byte[] datagram) {
        send(datagram, 0, datagram.length);
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        socket.send(buffer, offset, length);
    }

    @Override
    public int receive(byte[] into, Duration timeout) {
        try {
            int length = poll(into);
            if (length != NOTHING) {
                return length;
            }
            selector.select(Math.max(1, timeout.toMillis()));
            selector.selectedKeys().clear();
            return poll(into);
        } catch (ClosedSelectorException e) {
            return NOTHING;
        } catch (IOException e) {
            throw new UncheckedIOException("waiting for UDP failed", e);
        }
    }

    @Override
    public int poll(byte[] into) {
        return socket.poll(into);
    }

    @Override
    public void peerProven() {
        socket.peerProven();
    }

    @Override
    public void follow(DatagramLink earlier) {
        if (earlier instanceof UdpLink udp) {
            socket.follow(udp.peerAddress());
        }
    }

    /** Where datagrams go to. */
    public SocketAddress peerAddress() {
        return socket.peer();
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public void close() {
        try {
            socket.close();
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
