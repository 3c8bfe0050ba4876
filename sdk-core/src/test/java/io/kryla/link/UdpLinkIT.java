package io.kryla.link;

import static org.assertj.core.api.Assertions.assertThat;

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
    void doesNotHearStrangers() throws Exception {
        try (DatagramSocket peer = new DatagramSocket(0, LOOPBACK);
                DatagramSocket stranger = new DatagramSocket(0, LOOPBACK);
                UdpLink link = UdpLink.connect(new InetSocketAddress(LOOPBACK, peer.getLocalPort()))) {
            stranger.send(new DatagramPacket(new byte[] {9}, 1, link.localAddress()));
            peer.send(new DatagramPacket(new byte[] {3}, 1, link.localAddress()));
            byte[] into = new byte[8];
            assertThat(link.receive(into, Duration.ofSeconds(10))).isEqualTo(1);
            assertThat(into[0]).isEqualTo((byte) 3);
        }
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
