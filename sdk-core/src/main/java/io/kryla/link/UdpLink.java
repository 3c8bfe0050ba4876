package io.kryla.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;

/**
 * UDP to one peer, from a port the system chooses. The peer's address is the one given until a datagram from elsewhere {@linkplain
 * #peerProven is proven} to be the peer's; so whatever anyone sends to the port is received. An unreachable peer looks like loss.
 */
public final class UdpLink implements DatagramLink {
    /** Holds the flow-control window of 64 datagrams many times over. */
    private static final int SOCKET_BUFFER_BYTES = 1 << 20;

    /** Up to here a datagram goes through a reused buffer outside the heap: one copy and no garbage. */
    private static final int USUAL_BYTES = 2_048;

    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(USUAL_BYTES);
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(USUAL_BYTES);
    private final DatagramChannel channel;
    private final Selector selector;

    private volatile SocketAddress peer;
    private SocketAddress lastSender;

    private UdpLink(DatagramChannel channel, Selector selector, InetSocketAddress peer) {
        this.channel = channel;
        this.selector = selector;
        this.peer = peer;
        this.lastSender = peer;
    }

    /** Opens a socket that takes datagrams from this peer only, at once: nobody is asked. */
    public static UdpLink connect(InetSocketAddress peer) {
        try {
            Selector selector = Selector.open();
            DatagramChannel channel = DatagramChannel.open();
            try {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
                channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
                channel.bind(null);
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
                return new UdpLink(channel, selector, peer);
            } catch (IOException e) {
                channel.close();
                selector.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no UDP socket towards " + peer, e);
        }
    }

    public SocketAddress localAddress() {
        try {
            return channel.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void send(byte[] datagram) {
        send(datagram, 0, datagram.length);
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        try {
            if (length > USUAL_BYTES) {
                channel.send(ByteBuffer.wrap(buffer, offset, length), peer);
            } else {
                channel.send(outgoing.clear().put(buffer, offset, length).flip(), peer);
            }
        } catch (IOException e) {
            // Lost like any other datagram, be it a closed port or a network that is down: whoever needs an answer
            // repeats.
        }
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
        try {
            ByteBuffer datagram = into.length > USUAL_BYTES
                    ? ByteBuffer.wrap(into)
                    : incoming.clear().limit(into.length);
            SocketAddress from = channel.receive(datagram);
            // A datagram without bytes is nothing too.
            if (from == null || datagram.position() == 0) {
                return NOTHING;
            }
            lastSender = from;
            int length = datagram.position();
            if (datagram == incoming) {
                incoming.flip().get(into, 0, length);
            }
            return length;
        } catch (PortUnreachableException | ClosedChannelException e) {
            return NOTHING;
        } catch (IOException e) {
            throw new UncheckedIOException("UDP receive failed", e);
        }
    }

    @Override
    public void peerProven() {
        if (!lastSender.equals(peer)) {
            peer = lastSender;
        }
    }

    @Override
    public void follow(DatagramLink earlier) {
        if (earlier instanceof UdpLink udp) {
            peer = udp.peer;
        }
    }

    /** Where datagrams go to. */
    public SocketAddress peerAddress() {
        return peer;
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public void close() {
        try {
            channel.close();
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
