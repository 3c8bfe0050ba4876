package io.kryla.ground.line;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between an airframe and its ground, so that to the airframe the ground is where the relay is; and the relay can move.
 * Remembers what the ground said.
 */
public final class UdpRelay implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final InetSocketAddress ground;
    private final DatagramSocket back;
    private final List<byte[]> fromGround = new CopyOnWriteArrayList<>();
    private final AtomicReference<List<byte[]>> toWithhold = new AtomicReference<>();
    private volatile DatagramSocket front;
    private volatile SocketAddress airframe;

    private UdpRelay(InetSocketAddress ground) throws IOException {
        this.ground = ground;
        back = new DatagramSocket(0, LOOPBACK);
        front = new DatagramSocket(0, LOOPBACK);
        airframe = ground;
        start(this::relayDown);
        listenToAirframe(front);
    }

    public static UdpRelay to(InetSocketAddress ground) {
        try {
            return new UdpRelay(ground);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) front.getLocalSocketAddress();
    }

    /** Where the airframe was heard last. */
    public SocketAddress airframe() {
        return airframe;
    }

    /** All that was passed on to the airframe, in order. */
    public List<byte[]> fromGround() {
        return fromGround;
    }

    /** The next datagram of the ground goes into the list that is returned, and nowhere else. */
    public List<byte[]> withholdOne() {
        List<byte[]> withheld = new CopyOnWriteArrayList<>();
        toWithhold.set(withheld);
        return withheld;
    }

    /** From now on the ground speaks from another address, and is not heard at the old one. */
    public void move() throws IOException {
        DatagramSocket old = front;
        DatagramSocket fresh = new DatagramSocket(0, LOOPBACK);
        listenToAirframe(fresh);
        front = fresh;
        old.close();
    }

    private void listenToAirframe(DatagramSocket socket) {
        start(() -> {
            while (true) {
                DatagramPacket packet = receive(socket);
                airframe = packet.getSocketAddress();
                packet.setSocketAddress(ground);
                back.send(packet);
            }
        });
    }

    private void relayDown() throws IOException {
        while (true) {
            DatagramPacket packet = receive(back);
            byte[] datagram = Arrays.copyOf(packet.getData(), packet.getLength());
            List<byte[]> withheld = toWithhold.getAndSet(null);
            if (withheld != null) {
                withheld.add(datagram);
                continue;
            }
            fromGround.add(datagram);
            packet.setSocketAddress(airframe);
            try {
                front.send(packet);
            } catch (IOException e) {
                // Lost in the move.
            }
        }
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
        socket.receive(packet);
        return packet;
    }

    private interface Loop {
        void run() throws IOException;
    }

    private static void start(Loop loop) {
        Thread thread = new Thread(
                () -> {
                    try {
                        loop.run();
                    } catch (IOException e) {
                        // Closed.
                    }
                },
                "test-relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        front.close();
        back.close();
    }
}
