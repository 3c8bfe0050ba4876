package io.kryla.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Enumeration;
import java.util.Optional;

/**
 * Hears what anyone sends to a UDP port, by broadcast, multicast or directly; sends nothing. One thread receives; {@link #close}
 * may be called by any.
 */
public final class UdpListener implements AutoCloseable {
    private final DatagramChannel channel;
    private final Selector selector;
    private Optional<InetSocketAddress> sender = Optional.empty();

    private UdpListener(DatagramChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
    }

    /** @param at an address of this machine or the wildcard; or a multicast group, joined on every interface that can */
    public static UdpListener bind(InetSocketAddress at) {
        InetAddress address = at.getAddress();
        try {
            Selector selector = Selector.open();
            DatagramChannel channel = DatagramChannel.open(
                    address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
            try {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                boolean group = address.isMulticastAddress();
                channel.bind(group ? new InetSocketAddress(at.getPort()) : at);
                if (group) {
                    join(channel, address);
                }
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
                return new UdpListener(channel, selector);
            } catch (IOException e) {
                channel.close();
                selector.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no UDP port at " + at, e);
        }
    }

    private static void join(DatagramChannel channel, InetAddress group) throws IOException {
        Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
        while (interfaces.hasMoreElements()) {
            NetworkInterface each = interfaces.nextElement();
            try {
                if (each.isUp() && each.supportsMulticast()) {
                    channel.join(group, each);
                }
            } catch (IOException e) {
                // This interface has no address of the group's family; others may.
            }
        }
    }

    /** Waits for a datagram and copies it; its length, cut off at the buffer's, or {@link DatagramLink#NOTHING}. */
    public int receive(byte[] into, Duration timeout) {
        try {
            int length = poll(into);
            if (length == DatagramLink.NOTHING) {
                selector.select(Math.max(1, timeout.toMillis()));
                selector.selectedKeys().clear();
                length = poll(into);
            }
            return length;
        } catch (ClosedChannelException | ClosedSelectorException e) {
            return DatagramLink.NOTHING;
        } catch (IOException e) {
            throw new UncheckedIOException("waiting for UDP failed", e);
        }
    }

    private int poll(byte[] into) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into);
        if (channel.receive(buffer) instanceof InetSocketAddress from) {
            sender = Optional.of(from);
            return buffer.position();
        }
        return DatagramLink.NOTHING;
    }

    /** Where the datagram received last says that it came from. */
    public Optional<InetSocketAddress> sender() {
        return sender;
    }

    public InetSocketAddress localAddress() {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
