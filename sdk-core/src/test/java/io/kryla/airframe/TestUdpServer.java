package io.kryla.airframe;

import io.kryla.link.DatagramLink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A UDP socket that answers whoever wrote last. */
final class TestUdpServer implements DatagramLink {
    private final DatagramSocket socket;
    private volatile InetSocketAddress peer;

    TestUdpServer() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setReceiveBufferSize(1 << 20);
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void send(byte[] datagram) {
        InetSocketAddress to = peer;
        if (to == null || socket.isClosed()) {
            return;
        }
        try {
            socket.send(new DatagramPacket(datagram, datagram.length, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int receive(byte[] into, Duration timeout) {
        DatagramPacket packet = new DatagramPacket(into, into.length);
        try {
            socket.setSoTimeout((int) timeout.toMillis());
            socket.receive(packet);
            peer = (InetSocketAddress) packet.getSocketAddress();
            return packet.getLength();
        } catch (SocketTimeoutException e) {
            return NOTHING;
        } catch (IOException e) {
            return NOTHING;
        }
    }

    @Override
    public int poll(byte[] into) {
        return NOTHING;
    }

    @Override
    public void wakeup() {}

    @Override
    public void close() {
        socket.close();
    }
}
