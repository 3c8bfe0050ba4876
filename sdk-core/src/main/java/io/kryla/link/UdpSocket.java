package io.kryla.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;

/**
 * A port that the system chose, and the peer that its datagrams go to: the address given until a datagram from elsewhere is
 * proven to be the peer's. Never waits; an unreachable peer looks like loss. One thread sends and receives.
 */
final class UdpSocket {
    /** Holds the flow-control window of 64 datagrams many times over. */
    private static final int SOCKET_BUFFER_BYTES = 1 << 20;

    /** Buffers outside the heap that a datagram of usual length goes through: one copy and no garbage. Of one thread. */
    static final class Buffers {
        private static final int USUAL_BYTES = 2_048;
        private final ByteBuffer outgoing = ByteBuffer.allocateDirect(USUAL_BYTES);
        private final ByteBuffer incoming = ByteBuffer.allocateDirect(USUAL_BYTES);
    }

    private final DatagramChannel channel;
    private final Buffers buffers;
    private volatile SocketAddress peer;
    private SocketAddress lastSender;

    private UdpSocket(DatagramChannel channel, Buffers buffers, SocketAddress peer) {
        this.channel = channel;
        this.buffers = buffers;
        this.peer = peer;
        this.lastSender = peer;
    }

    static UdpSocket open(InetSocketAddress peer, Buffers buffers) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
            channel.bind(null);
            channel.configureBlocking(false);
            return new UdpSocket(channel, buffers, peer);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    DatagramChannel channel() {
        return channel;
    }

    SocketAddress localAddress() {
        try {
            return channel.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(byte[] buffer, int offset, int length) {
        try {
            if (length > Buffers.USUAL_BYTES) {
                channel.send(ByteBuffer.wrap(buffer, offset, length), peer);
            } else {
                channel.send(
                        buffers.outgoing.clear().put(buffer, offset, length).flip(), peer);
            }
        } catch (IOException e) {
            // Lost like any other datagram, be it a closed port or a network that is down: whoever needs an answer
            // repeats.
        }
    }

    /** The length of a datagram that was there, cut off at the buffer's, or {@link DatagramLink#NOTHING}. */
    int poll(byte[] into) {
        try {
            ByteBuffer datagram = into.length > Buffers.USUAL_BYTES
                    ? ByteBuffer.wrap(into)
                    : buffers.incoming.clear().limit(into.length);
            SocketAddress from = channel.receive(datagram);
            // A datagram without bytes is nothing too.
            if (from == null || datagram.position() == 0) {
                return DatagramLink.NOTHING;
            }
            lastSender = from;
            int length = datagram.position();
            if (datagram == buffers.incoming) {
                buffers.incoming.flip().get(into, 0, length);
            }
            return length;
        } catch (PortUnreachableException | ClosedChannelException e) {
            return DatagramLink.NOTHING;
        } catch (IOException e) {
            throw new UncheckedIOException("UDP receive failed", e);
        }
    }

    SocketAddress peer() {
        return peer;
    }

    /** The datagram received last is the peer's. */
    void peerProven() {
        if (!lastSender.equals(peer)) {
            peer = lastSender;
        }
    }

    void follow(SocketAddress proven) {
        peer = proven;
    }

    void close() throws IOException {
        channel.close();
    }
}
