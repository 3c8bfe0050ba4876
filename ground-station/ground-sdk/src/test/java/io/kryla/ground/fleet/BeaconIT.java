package io.kryla.ground.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.ClosedLog;
import io.kryla.ground.line.TestAirframe;
import io.kryla.ground.line.TestLine;
import io.kryla.session.BeaconMessage;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BeaconIT {
    private static final Duration WALL = Duration.ofSeconds(40);
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static TestLine line;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeLine() throws Exception {
        line = new TestLine();
    }

    @Test
    void anAirframeWithoutAnAddressFindsItsGround() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5BEAC1", folder);
        try (AirframeAgent agent = airframe.agent().beacons(ANY_PORT).boot()) {
            InetSocketAddress ear = agent.beaconAddress().orElseThrow();
            for (int ground = 0; ground < 2; ground++) {
                // The second time with another ground, at another address, after the first has gone.
                try (GroundStation station = line.groundStation().beacon(ear).start()) {
                    await().atMost(WALL).until(agent::connected);
                    TestAirframe.fly(agent, 50 * ground, 50 * (ground + 1));
                    await().atMost(WALL)
                            .until(() -> station.airframe(airframe.serial)
                                    .map(link -> link.state().attestedSize() > 0)
                                    .orElse(false));
                }
                await().atMost(WALL).until(() -> !agent.connected());
            }
        }
    }

    @Test
    void hostileBeaconsDoNotKeepAConfiguredGroundWaiting() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5BEAC2", folder);
        try (GroundStation station = line.groundStation().start();
                AirframeAgent agent = airframe.agent()
                        .beacons(ANY_PORT)
                        .grounds(List.of(station.boundAddress()))
                        .boot();
                DatagramSocket hostile = new DatagramSocket(ANY_PORT)) {
            InetSocketAddress ear = agent.beaconAddress().orElseThrow();
            for (int i = 0; i < 4_000; i++) {
                byte[] beacon = BeaconMessage.encode(Optional.empty(), 1 + i % 1_000);
                hostile.send(new DatagramPacket(beacon, beacon.length, ear));
                byte[] garbage = new byte[i % 100];
                hostile.send(new DatagramPacket(garbage, garbage.length, ear));
            }
            await().atMost(WALL).until(agent::connected);
            TestAirframe.fly(agent, 0, 300);
            ClosedLog closed = TestAirframe.land(agent);
            assertThat(closed.acknowledged()).isTrue();
            assertThat(agent.sessions()).isEqualTo(1);
            assertThat(agent.ignoredBeacons()).isPositive();
        }
    }

    @Test
    void aGroundOfAnotherRootGetsNothingByItsBeacon() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5BEAC3", folder);
        try (AirframeAgent agent = airframe.agent().beacons(ANY_PORT).boot();
                GroundStation foreign = new TestLine()
                        .groundStation()
                        .beacon(agent.beaconAddress().orElseThrow())
                        .start();
                GroundStation own = line.groundStation()
                        .beacon(agent.beaconAddress().orElseThrow())
                        .start()) {
            await().atMost(WALL).until(() -> own.airframe(airframe.serial).isPresent());
            assertThat(foreign.airframes()).isEmpty();
            assertThat(agent.sessions()).isEqualTo(1);
        }
    }
}
