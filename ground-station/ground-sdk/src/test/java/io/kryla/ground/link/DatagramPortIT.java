package io.kryla.ground.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.epoll.Epoll;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DatagramPortIT {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final List<byte[]> arrived = new CopyOnWriteArrayList<>();
    private final List<InetSocketAddress> senders = new CopyOnWriteArrayList<>();
    private final AtomicInteger pauses = new AtomicInteger();

    @Test
    void takesWhatComesAndAnswersItsSender() throws Exception {
        try (DatagramPort port = DatagramPort.bind(ANY, receiver());
                DatagramSocket peer = new DatagramSocket(ANY)) {
            for (int length : new int[] {1, 1170, 1171}) {
                peer.send(new DatagramPacket(bytes(length), length, port.boundAddress()));
            }
            await().until(() -> arrived.size() == 3);
            assertThat(arrived).containsExactlyInAnyOrder(bytes(1), bytes(1170), bytes(1171));
            assertThat(senders).containsOnly((InetSocketAddress) peer.getLocalSocketAddress());
            await().until(() -> pauses.get() > 0);

            port.send(bytes(5), senders.get(0));
            DatagramPacket answer = new DatagramPacket(new byte[8], 8);
            peer.receive(answer);
            assertThat(Arrays.copyOf(answer.getData(), answer.getLength())).isEqualTo(bytes(5));
        }
    }

    @Test
    void whatIsFarTooLongIsCutOffButStillSeenToBeTooLong() throws Exception {
        try (DatagramPort port = DatagramPort.bind(ANY, receiver());
                DatagramSocket peer = new DatagramSocket(ANY)) {
            peer.send(new DatagramPacket(bytes(9_000), 9_000, port.boundAddress()));
            peer.send(new DatagramPacket(bytes(7), 7, port.boundAddress()));
            await().until(() -> arrived.stream().anyMatch(datagram -> datagram.length == 7));
            assertThat(arrived).allMatch(datagram -> datagram.length == 7 || datagram.length > 1_170);
        }
    }

    @Test
    void aBurstComesAsManyDatagrams() throws Exception {
        try (DatagramPort port = DatagramPort.bind(ANY, receiver());
                DatagramSocket peer = new DatagramSocket(ANY)) {
            for (int i = 0; i < 200; i++) {
                peer.send(new DatagramPacket(bytes(100 + i), 100 + i, port.boundAddress()));
            }
            await().until(() -> arrived.size() == 200);
            assertThat(arrived).extracting(datagram -> datagram.length).doesNotHaveDuplicates();
        }
    }

    /** The build's machine has it: without it nothing here would show a break of the native path. */
    @Test
    void linuxOnX86ReceivesThroughEpoll() {
        boolean expected = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        assertThat(Epoll.isAvailable()).isEqualTo(expected);
    }

    private DatagramReceiver receiver() {
        return new DatagramReceiver() {
            @Override
            public void onDatagram(byte[] buffer, int length, InetSocketAddress from) {
                arrived.add(Arrays.copyOf(buffer, length));
                senders.add(from);
            }

            @Override
            public void onPause() {
                pauses.incrementAndGet();
            }
        };
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i + length);
        }
        return bytes;
    }
}
