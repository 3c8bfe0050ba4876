package io.kryla.ground.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.ClosedLog;
import io.kryla.ground.line.AttestedFlight;
import io.kryla.ground.line.SwitchedLink;
import io.kryla.ground.line.TestAirframe;
import io.kryla.ground.line.TestLine;
import io.kryla.ground.line.UdpRelay;
import io.kryla.link.Impairment;
import io.kryla.link.UdpLink;
import io.kryla.sframe.KeyLife;
import io.kryla.sframe.RejectReason;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.UnattestedLeaves;
import io.kryla.telemetry.UnattestedReason;
import io.kryla.test.ImpairedLink;
import io.kryla.v1.Sample;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a session in a long life: keys grow old, addresses change, either end restarts or vanishes. */
@Timeout(120)
class LongSessionIT {
    private static final Duration WALL = Duration.ofSeconds(40);
    private static TestLine line;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeLine() throws Exception {
        line = new TestLine();
    }

    @Test
    void keysGoForwardAndSessionsAreRenewedWithoutALostSample() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5LONG1", folder);
        // A day of flight in seconds: a step each 200 ms, a new session each second.
        KeyLife life = new KeyLife(Duration.ofMillis(200), 1 << 20, Duration.ofSeconds(1), Duration.ofSeconds(20));
        try (GroundStation station = line.groundStation().start();
                AirframeAgent agent = airframe.agent()
                        .keyLife(life)
                        .datagrams(ground -> new ImpairedLink(UdpLink.connect(ground), new Impairment(0.1, 0, 0), 4))
                        .boot()) {
            AttestedFlight flight = AttestedFlight.of(station);
            agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            int flown = 0;
            while (joins(flight) < 4) {
                TestAirframe.fly(agent, flown, flown + 50);
                flown += 50;
                assertThat(agent.connected()).isTrue();
            }
            int states = flown;
            ClosedLog closed = TestAirframe.land(agent);
            assertThat(closed.acknowledged()).isTrue();
            await().atMost(WALL).until(() -> flight.size() == closed.head().size());
            assertThat(flight.samples().stream().filter(Sample::hasVehicleState))
                    .hasSize(states);
        }
    }

    private static long joins(AttestedFlight flight) {
        return flight.samples().stream().filter(Sample::hasReceiverJoined).count();
    }

    @Test
    void anAirframeWhoseAddressChangesIsFollowed() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5LONG2", folder);
        List<SwitchedLink> links = new CopyOnWriteArrayList<>();
        try (GroundStation station = line.groundStation().start();
                AirframeAgent agent = airframe.agent()
                        .datagrams(ground -> {
                            links.add(new SwitchedLink(ground));
                            return links.get(0);
                        })
                        .boot()) {
            AttestedFlight flight = AttestedFlight.of(station);
            agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            for (int move = 0; move < 4; move++) {
                TestAirframe.fly(agent, 100 * move, 100 * (move + 1));
                links.get(0).move();
            }
            TestAirframe.fly(agent, 400, 500);
            ClosedLog closed = TestAirframe.land(agent);
            assertThat(closed.acknowledged()).isTrue();
            await().atMost(WALL).until(() -> flight.size() == closed.head().size());
            // All in the one session.
            assertThat(joins(flight)).isEqualTo(1);
            assertThat(links).hasSize(1);
        }
    }

    @Test
    void aGroundWhoseAddressChangesIsFollowedAndNobodyWhoRepeatsOrDelaysItsDatagrams() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5LONG7", folder);
        List<UdpRelay> relays = new CopyOnWriteArrayList<>();
        try (GroundStation station = line.groundStation().start();
                DatagramChannel stranger = DatagramChannel.open();
                AirframeAgent agent = airframe.agent()
                        .datagrams(ground -> {
                            relays.add(UdpRelay.to(ground));
                            return UdpLink.connect(relays.get(0).address());
                        })
                        .boot()) {
            AttestedFlight flight = AttestedFlight.of(station);
            agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            TestAirframe.fly(agent, 0, 50);
            UdpRelay relay = relays.get(0);
            await().atMost(WALL).until(() -> relay.fromGround().size() > 1);
            List<byte[]> withheld = relay.withholdOne();
            for (int move = 1; move < 4; move++) {
                relay.move();
                TestAirframe.fly(agent, 50 * move, 50 * (move + 1));
            }
            await().atMost(WALL).until(() -> withheld.size() == 1);
            int passed = relay.fromGround().size();
            await().atMost(WALL).until(() -> relay.fromGround().size() > passed + 2);
            stranger.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            stranger.configureBlocking(false);
            for (byte[] old : List.of(relay.fromGround().get(0), withheld.get(0))) {
                stranger.send(ByteBuffer.wrap(old), relay.airframe());
            }
            await().atMost(WALL)
                    .until(() -> agent.rejections().of(RejectReason.REPLAYED)
                                    + agent.rejections().of(RejectReason.TOO_OLD)
                            > 0);
            TestAirframe.fly(agent, 200, 250);
            ClosedLog closed = TestAirframe.land(agent);
            assertThat(closed.acknowledged()).isTrue();
            await().atMost(WALL).until(() -> flight.size() == closed.head().size());
            assertThat(joins(flight)).isEqualTo(1);
            assertThat(relays).hasSize(1);
            assertThat(stranger.receive(ByteBuffer.allocate(2_048))).isNull();
        } finally {
            relays.forEach(UdpRelay::close);
        }
    }

    @Test
    void aGroundThatRestartsIsFoundAgainAndGetsWhatItMissed() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5LONG3", folder);
        InetSocketAddress address;
        try (AirframeAgent agent = airframe.agent().boot()) {
            try (GroundStation station = line.groundStation().start()) {
                AttestedFlight before = AttestedFlight.of(station);
                address = station.boundAddress();
                agent.stayConnected(address).get(30, TimeUnit.SECONDS);
                TestAirframe.fly(agent, 0, 200);
                await().atMost(WALL).until(() -> before.size() > 5);
            }
            await().atMost(WALL).until(() -> !agent.connected());
            TestAirframe.fly(agent, 200, 300);
            try (GroundStation station = line.groundStation().listen(address).start()) {
                AttestedFlight after = AttestedFlight.of(station);
                await().atMost(WALL).until(agent::connected);
                TestAirframe.fly(agent, 300, 400);
                ClosedLog closed = TestAirframe.land(agent);
                assertThat(closed.acknowledged()).isTrue();
                await().atMost(WALL).until(() -> after.size() == closed.head().size());
                assertThat(after.samples().stream().filter(Sample::hasVehicleState))
                        .hasSize(400);
            }
        }
    }

    @Test
    void anAirframeThatFlewOnForTooLongIsFollowedAnew() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5LONG6", folder);
        AtomicBoolean pathIsCut = new AtomicBoolean();
        List<SwitchedLink> cuts = new CopyOnWriteArrayList<>();
        List<AirframeLink> links = new CopyOnWriteArrayList<>();
        List<String> ends = new CopyOnWriteArrayList<>();
        try (GroundStation station = line.groundStation().start();
                AirframeAgent agent = airframe.agent()
                        // Silence ends a session after two seconds.
                        .monotonicNanos(() -> 5 * System.nanoTime())
                        .datagrams(ground -> {
                            SwitchedLink link = new SwitchedLink(ground);
                            if (pathIsCut.get()) {
                                link.cut();
                            }
                            cuts.add(link);
                            return link;
                        })
                        .boot()) {
            station.onAirframe(link -> {
                links.add(link);
                link.follow(new EndOnly(ends));
            });
            agent.stayConnected(station.boundAddress()).get(30, TimeUnit.SECONDS);
            TestAirframe.fly(agent, 0, 50);
            await().atMost(WALL).until(() -> agentIsIn(station, airframe));
            pathIsCut.set(true);
            cuts.forEach(SwitchedLink::cut);
            await().atMost(WALL).until(() -> !agent.connected() && !agentIsIn(station, airframe));
            for (int i = 0; i < 90_000; i++) {
                agent.publish(TestAirframe.event(50));
            }
            pathIsCut.set(false);
            cuts.forEach(SwitchedLink::mend);
            // A receiver joins with a sample: an airframe whose flight stands still has nothing to say to a new
            // session.
            await().atMost(WALL).pollInSameThread().until(() -> {
                agent.publish(TestAirframe.event(50));
                return links.size() == 2;
            });
            assertThat(ends).containsExactly("GONE_FROM_AIRFRAME");
            assertThat(links.get(0).unattested(WALL).join())
                    .extracting(UnattestedLeaves::reason)
                    .contains(UnattestedReason.GONE_FROM_AIRFRAME);
            ClosedLog closed = TestAirframe.land(agent);
            await().atMost(WALL).until(() -> links.get(1).state().closed());
            assertThat(station.airframe(airframe.serial)).contains(links.get(1));
            assertThat(links.get(1).origin()).isEqualTo(links.get(0).origin());
            assertThat(links.get(1).state().attestedSize())
                    .isEqualTo(closed.head().size());
            assertThat(links.get(1).unattested(WALL).join())
                    .extracting(UnattestedLeaves::reason)
                    .containsExactly(UnattestedReason.HASH_ONLY);
        }
    }

    /** How logs ended before their end. */
    private record EndOnly(List<String> codes) implements FlightFollower {
        @Override
        public void onAttested(List<AttestedRecord> records, FlightCheckpoint checkpoint) {}

        @Override
        public void onClosed(FlightCheckpoint head) {}

        @Override
        public void onAbandoned(String code) {
            codes.add(code);
        }
    }

    @Test
    void silenceEndsASessionOnBothSidesAndAnotherBeginsWhileAnIdleOneStays() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5LONG4", folder.resolve("cut"));
        TestAirframe resting = TestAirframe.born(line, "KRYL5LONG5", folder.resolve("idle"));
        List<SwitchedLink> links = new CopyOnWriteArrayList<>();
        AtomicBoolean pathIsCut = new AtomicBoolean();
        try (GroundStation station = line.groundStation().start();
                AirframeAgent agent = airframe.agent()
                        .datagrams(ground -> {
                            // A path stays cut until it is mended, however often it is opened anew.
                            SwitchedLink link = new SwitchedLink(ground);
                            if (pathIsCut.get()) {
                                link.cut();
                            }
                            links.add(link);
                            return link;
                        })
                        .boot();
                AirframeAgent idle = resting.agent().boot()) {
            AttestedFlight flight = AttestedFlight.of(station);
            // No flight call logs it as a receiver, so nothing of its log may be sent: it lives on keep-alives alone.
            idle.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            agent.stayConnected(station.boundAddress()).get(30, TimeUnit.SECONDS);
            TestAirframe.fly(agent, 0, 50);
            await().atMost(WALL).until(() -> agentIsIn(station, airframe));
            pathIsCut.set(true);
            links.forEach(SwitchedLink::cut);
            await().atMost(WALL).until(() -> !agent.connected());
            await().atMost(WALL).until(() -> !agentIsIn(station, airframe));
            pathIsCut.set(false);
            links.forEach(SwitchedLink::mend);
            await().atMost(WALL).until(() -> agent.connected() && agentIsIn(station, airframe));
            TestAirframe.fly(agent, 50, 100);
            ClosedLog closed = TestAirframe.land(agent);
            assertThat(closed.acknowledged()).isTrue();
            await().atMost(WALL).until(() -> joins(flight) >= 2);
            assertThat(idle.connected()).isTrue();
            assertThat(agentIsIn(station, resting)).isTrue();
            // Before it gave up, the airframe tried new paths.
            assertThat(links.size()).isGreaterThan(2);
        }
    }

    private static boolean agentIsIn(GroundStation station, TestAirframe airframe) {
        return station.airframe(airframe.serial)
                .map(link -> link.state().connected())
                .orElse(false);
    }
}
