package io.kryla.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class UdpLinkIT {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void carriesDatagramsBothWays() throws Exception {
        try (DatagramSocket peer = new DatagramSocket(0, LOOPBACK);
                UdpLink link = UdpLink.connect(new InetSocketAddress(LOOPBACK, peer.getLocalPort()))) {
            link.send(new byte[] {1, 2});
            DatagramPacket arrived = new DatagramPacket(new byte[8], 8);
            peer.receive(arrived);
            assertThat(arrived.getLength()).isEqualTo(2);
            peer.send(new DatagramPacket(new byte[] {3}, 1, arrived.getSocketAddress()));
            byte[] into = new byte[8];
            assertThat(link.receive(into, Duration.ofSeconds(10))).isEqualTo(1);
            assertThat(into[0]).isEqualTo((byte) 3);
        }
    }

    @Test
    void answersAnotherAddressOnlyOnceItIsProven() throws Exception {
        try (DatagramSocket peer = new DatagramSocket(0, LOOPBACK);
                DatagramSocket elsewhere = new DatagramSocket(0, LOOPBACK);
                UdpLink link = UdpLink.connect(at(peer));
                UdpLink later = UdpLink.connect(at(peer))) {
            byte[] into = new byte[8];
            elsewhere.send(new DatagramPacket(new byte[] {9}, 1, LOOPBACK, portOf(link)));
            assertThat(link.receive(into, Duration.ofSeconds(10))).isEqualTo(1);
            link.send(new byte[] {1});
            assertThat(receivedBy(peer)).isEqualTo((byte) 1);

            link.peerProven();
            link.send(new byte[] {2});
            assertThat(receivedBy(elsewhere)).isEqualTo((byte) 2);
            assertThat(link.peerAddress()).isEqualTo(at(elsewhere));

            later.follow(link);
            later.send(new byte[] {3});
            assertThat(receivedBy(elsewhere)).isEqualTo((byte) 3);
        }
    }

    private static InetSocketAddress at(DatagramSocket socket) {
        return new InetSocketAddress(LOOPBACK, socket.getLocalPort());
    }

    private static int portOf(UdpLink link) {
        return ((InetSocketAddress) link.localAddress()).getPort();
    }

    private static byte receivedBy(DatagramSocket socket) throws IOException {
        DatagramPacket arrived = new DatagramPacket(new byte[8], 8);
        socket.receive(arrived);
        return arrived.getData()[0];
    }

    @Test
    void wakesAReceiverThatWaitsAndSurvivesAPeerThatIsNotThere() {
        try (UdpLink link = UdpLink.connect(new InetSocketAddress(LOOPBACK, 9))) {
            link.send(new byte[1]);
            link.send(new byte[1]);
            link.wakeup();
            assertThat(link.receive(new byte[1], Duration.ofMinutes(1))).isEqualTo(DatagramLink.NOTHING);
        }
    }

    @Test
    void sayingSomethingAfterCloseIsLossNotFailure() {
        UdpLink link = UdpLink.connect(new InetSocketAddress(LOOPBACK, 9));
        link.close();
        link.send(new byte[1]);
        assertThat(link.receive(new byte[1], Duration.ofSeconds(1))).isEqualTo(DatagramLink.NOTHING);
    }
}
