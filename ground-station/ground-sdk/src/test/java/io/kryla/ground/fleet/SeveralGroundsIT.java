package io.kryla.ground.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.ClosedLog;
import io.kryla.airframe.ReceivedCommand;
import io.kryla.ground.line.AttestedFlight;
import io.kryla.ground.line.SwitchedLink;
import io.kryla.ground.line.TestAirframe;
import io.kryla.ground.line.TestLine;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.TelemetryProfile;
import io.kryla.v1.Command;
import io.kryla.v1.CommandStage;
import io.kryla.v1.LogOpened;
import io.kryla.v1.Sample;
import io.kryla.v1.TakeOff;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One airframe, several real stations. */
@Timeout(120)
class SeveralGroundsIT {
    private static final Duration WALL = Duration.ofSeconds(30);
    private static final TelemetryProfile SPARSE = new TelemetryProfile(
            "sparse", 221, Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofSeconds(1), 1024);
    private static TestLine line;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeLine() throws Exception {
        line = new TestLine();
    }

    @Test
    void receiversOfOneProfileGetTheSameLeaves() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5SEV1", folder);
        try (GroundStation first = line.groundStation().start();
                GroundStation second = line.groundStation().start();
                AirframeAgent agent = airframe.agent().boot()) {
            AttestedFlight atFirst = AttestedFlight.of(first);
            AttestedFlight atSecond = AttestedFlight.of(second);
            connect(agent, first.boundAddress());
            TestAirframe.fly(agent, 0, 100);
            connect(agent, second.boundAddress());
            TestAirframe.fly(agent, 100, 300);
            assertThat(agent.sessions()).isEqualTo(2);
            ClosedLog closed = TestAirframe.land(agent);

            await().atMost(WALL).until(() -> atFirst.size() == closed.head().size());
            await().atMost(WALL).until(() -> atSecond.size() == closed.head().size());
            assertThat(atSecond.recordBytes()).isEqualTo(atFirst.recordBytes());
            assertThat(atFirst.samples().stream().filter(Sample::hasReceiverJoined))
                    .hasSize(2);
        }
    }

    @Test
    void profilesLieSideBySideAndEachLogNamesItsOwnEarlierHead() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5SEV2", folder);
        List<TelemetryProfile> both = List.of(TelemetryProfile.FLIGHT, SPARSE);
        for (int boot = 1; boot <= 2; boot++) {
            try (GroundStation full = line.groundStation().start();
                    GroundStation sparse =
                            line.groundStation().profile("sparse").start();
                    AirframeAgent agent = airframe.agent().profiles(both).boot()) {
                AttestedFlight fullFlight = AttestedFlight.of(full);
                AttestedFlight sparseFlight = AttestedFlight.of(sparse);
                connect(agent, full.boundAddress());
                connect(agent, sparse.boundAddress());
                TestAirframe.fly(agent, 0, 200);
                TestAirframe.land(agent);
                await().atMost(WALL).until(fullFlight::closed);
                await().atMost(WALL).until(sparseFlight::closed);

                assertThat(agent.logOrigins()).extracting(FlightOrigin::profile).containsExactly("flight", "sparse");
                assertThat(states(fullFlight)).isEqualTo(200);
                // One each half second, and the one that was newest when a record was sealed in between.
                assertThat(states(sparseFlight)).isBetween(8L, 17L);
                assertThat(sparseFlight.recordBytes()).allMatch(bytes -> bytes.size() <= 221);
                assertOpened(fullFlight, "flight", boot);
                assertOpened(sparseFlight, "sparse", boot);
            }
        }
    }

    private static void assertOpened(AttestedFlight flight, String profile, int boot) {
        LogOpened opened = flight.samples().get(0).getLogOpened();
        assertThat(opened.getProfile()).isEqualTo(profile);
        assertThat(opened.getBoot()).isEqualTo(boot);
        assertThat(opened.getPreviousBoot()).isEqualTo(boot - 1);
        assertThat(opened.getPreviousSize() > 0).isEqualTo(boot > 1);
    }

    private static long states(AttestedFlight flight) {
        return flight.samples().stream().filter(Sample::hasVehicleState).count();
    }

    @Test
    void aProfileThatTheAirframeDoesNotHaveIsRefused() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5SEV3", folder);
        try (GroundStation station = line.groundStation().profile("sparse").start();
                AirframeAgent agent = airframe.agent().boot()) {
            assertThat(agent.connect(station.boundAddress()))
                    .failsWithin(WALL)
                    .withThrowableThat()
                    .withMessageContaining("UNKNOWN_PROFILE");
            assertThat(station.refused("UNKNOWN_PROFILE")).isEqualTo(1);
        }
    }

    @Test
    void aGroundThatHearsNothingStallsNeitherTheOtherNorTheFlight() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5SEV4", folder);
        AtomicBoolean cutOff = new AtomicBoolean();
        try (GroundStation well = line.groundStation().start();
                GroundStation deaf = line.groundStation().start();
                AirframeAgent agent = airframe.agent()
                        .datagrams(ground -> {
                            SwitchedLink link = new SwitchedLink(ground);
                            if (cutOff.get()) {
                                link.cut();
                            }
                            return link;
                        })
                        .boot()) {
            AttestedFlight flight = AttestedFlight.of(well);
            connect(agent, well.boundAddress());
            TestAirframe.fly(agent, 0, 10);
            cutOff.set(true);
            connect(agent, deaf.boundAddress());
            // Each step waits until the leading ground has room, and for no other.
            TestAirframe.fly(agent, 10, 1_000);
            ClosedLog closed = TestAirframe.land(agent);
            assertThat(closed.acknowledged()).isTrue();
            await().atMost(WALL).until(() -> flight.size() == closed.head().size());
        }
    }

    @Test
    void commandsComeFromEitherGroundAndBothSeeTheAnswer() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5SEV5", folder);
        List<TelemetryProfile> both = List.of(TelemetryProfile.FLIGHT, SPARSE);
        try (GroundStation full = line.groundStation().start();
                GroundStation sparse = line.groundStation().profile("sparse").start();
                AirframeAgent agent = airframe.agent().profiles(both).boot()) {
            CompletableFuture<AirframeLink> atFull = full.nextFlight(airframe.serial, WALL);
            CompletableFuture<AirframeLink> atSparse = sparse.nextFlight(airframe.serial, WALL);
            connect(agent, full.boundAddress());
            connect(agent, sparse.boundAddress());
            TestAirframe.fly(agent, 0, 5);
            assertAnswered(agent, atFull.get(30, TimeUnit.SECONDS), 1);
            assertAnswered(agent, atSparse.get(30, TimeUnit.SECONDS), 2);
        }
    }

    private static void assertAnswered(AirframeAgent agent, AirframeLink ground, int number) throws Exception {
        byte[] id = new byte[16];
        id[0] = (byte) number;
        Command command = Command.newBuilder()
                .setId(ByteString.copyFrom(id))
                .setTakeOff(TakeOff.newBuilder().setHeightAboveHomeMeters(10))
                .build();
        CompletableFuture<CommandAnswer> answer =
                ground.send(command, WALL, WALL).answer();
        assertThat(agent.awaitCommand(id, WALL).map(ReceivedCommand::command)).contains(command);
        agent.report(id, CommandStage.COMMAND_STAGE_ACCEPTED, "");
        assertThat(answer.get(30, TimeUnit.SECONDS)).isInstanceOf(CommandAnswer.Accepted.class);
    }

    private static void connect(AirframeAgent agent, InetSocketAddress ground) throws Exception {
        agent.connect(ground).get(30, TimeUnit.SECONDS);
    }

    @Test
    void moreGroundsThanAnAirframeHasPlacesForAreTurnedAway() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5SEV6", folder);
        try (AirframeAgent agent = airframe.agent().boot()) {
            for (int port = 1; port <= 8; port++) {
                // Nobody is there, and the agent goes on trying.
                assertThat(agent.stayConnected(new InetSocketAddress("127.0.0.1", port)))
                        .failsWithin(WALL);
            }
            assertThat(agent.stayConnected(new InetSocketAddress("127.0.0.1", 9)))
                    .failsWithin(WALL)
                    .withThrowableThat()
                    .withMessageContaining("8 grounds");
            assertThat(agent.sessions()).isZero();
        }
    }
}
