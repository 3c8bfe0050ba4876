package io.kryla.airframe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.kryla.keys.KrylaException;
import io.kryla.link.Impairment;
import io.kryla.link.MemoryLink;
import io.kryla.sframe.RejectReason;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.v1.Acknowledgement;
import io.kryla.v1.Arm;
import io.kryla.v1.Command;
import io.kryla.v1.CommandStage;
import io.kryla.v1.FlightEvent;
import io.kryla.v1.FlightMode;
import io.kryla.v1.FrameKind;
import io.kryla.v1.LeafRange;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.LogClosed;
import io.kryla.v1.LogOpened;
import io.kryla.v1.Parameter;
import io.kryla.v1.ReadParameters;
import io.kryla.v1.RecordRequest;
import io.kryla.v1.Sample;
import io.kryla.v1.TakeOff;
import io.kryla.v1.VehicleState;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent against a ground, over real TLS and either real UDP or an impaired link. */
@Timeout(60)
class AirframeAgentIT {
    private static final Duration WALL = Duration.ofSeconds(30);
    private static final long STEP_NANOS = 20_000_000;

    private static TestLine line;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeLine() {
        line = new TestLine();
    }

    @Test
    void everyRecordBecomesAttestedOverLoopback() throws Exception {
        SecureElement element = line.secureElement();
        TestUdpServer udp = new TestUdpServer();
        try (TestGround ground = new TestGround(
                        line.ground(line.operations), element.logKey().key(), udp, udp.port());
                AirframeAgent agent =
                        line.agent(line.provisioned(folder, element), element).boot()) {
            agent.connect(ground.address()).get(10, TimeUnit.SECONDS);
            ClosedLog closed = fly(agent, 2_000);
            assertThat(closed.acknowledged()).isTrue();
            assertCompleteFlight(ground, agent, closed, 2_000);
        }
    }

    @Test
    void everyRecordBecomesAttestedOverALinkThatLosesRepeatsAndReorders() throws Exception {
        SecureElement element = line.secureElement();
        MemoryLink.Pair pair = MemoryLink.pair(
                new Impairment(0.3, 0.1, 0.2),
                RandomGeneratorFactory.of("L64X128MixRandom").create(1),
                RandomGeneratorFactory.of("L64X128MixRandom").create(2));
        try (TestGround ground = new TestGround(
                        line.ground(line.operations), element.logKey().key(), pair.there(), 9);
                AirframeAgent agent = line.agent(line.provisioned(folder, element), element)
                        .datagrams(address -> pair.here())
                        .boot()) {
            agent.connect(ground.address()).get(10, TimeUnit.SECONDS);
            ClosedLog closed = fly(agent, 600);
            assertThat(closed.acknowledged()).isTrue();
            assertCompleteFlight(ground, agent, closed, 600);
        }
    }

    @Test
    void aReceiverIsLoggedAheadOfTheFirstSampleAfterItJoined() throws Exception {
        SecureElement element = line.secureElement();
        TestUdpServer udp = new TestUdpServer();
        try (TestGround ground = new TestGround(
                        line.ground(line.operations), element.logKey().key(), udp, udp.port());
                AirframeAgent agent =
                        line.agent(line.provisioned(folder, element), element).boot()) {
            agent.connect(ground.address()).get(10, TimeUnit.SECONDS);
            fly(agent, 10);
            List<Sample> samples = ground.attestedSamples();
            assertThat(samples.get(0).hasLogOpened()).isTrue();
            assertThat(samples.get(1).hasReceiverJoined()).isTrue();
            assertThat(samples.get(1).getReceiverJoined().getNonce()).isEqualTo(TestGround.NONCE);
            assertThat(samples.subList(2, samples.size())).noneMatch(Sample::hasReceiverJoined);
        }
    }

    @Test
    void aRebootCountsOnAndNamesTheHeadOfTheBootBefore() throws Exception {
        SecureElement element = line.secureElement();
        AirframeStorage storage = line.provisioned(folder, element);
        ClosedLog first;
        try (AirframeAgent agent = line.agent(storage, element).boot()) {
            assertThat(agent.boot()).isEqualTo(1);
            first = fly(agent, 10);
            assertThat(first.acknowledged()).isFalse();
        }
        TestUdpServer udp = new TestUdpServer();
        try (TestGround ground = new TestGround(
                        line.ground(line.operations), element.logKey().key(), udp, udp.port());
                AirframeAgent agent = line.agent(storage, element).boot()) {
            assertThat(agent.boot()).isEqualTo(2);
            agent.connect(ground.address()).get(10, TimeUnit.SECONDS);
            fly(agent, 10);
            LogOpened opened = ground.attestedSamples().get(0).getLogOpened();
            assertThat(opened.getBoot()).isEqualTo(2);
            assertThat(opened.getPreviousBoot()).isEqualTo(1);
            assertThat(opened.getPreviousSize()).isEqualTo(first.head().size());
            assertThat(opened.getPreviousRoot().toByteArray())
                    .isEqualTo(first.head().root().bytes());
        }
    }

    @Test
    void aCommandArrivesOnceHoweverOftenItIsSentAndEachStageIsLogged() throws Exception {
        SecureElement element = line.secureElement();
        TestUdpServer udp = new TestUdpServer();
        try (TestGround ground = new TestGround(
                        line.ground(line.operations), element.logKey().key(), udp, udp.port());
                AirframeAgent agent =
                        line.agent(line.provisioned(folder, element), element).boot()) {
            agent.connect(ground.address()).get(10, TimeUnit.SECONDS);
            agent.advanceTo(STEP_NANOS);
            Command takeOff = Command.newBuilder()
                    .setId(ByteString.copyFrom(new byte[16]))
                    .setTakeOff(TakeOff.newBuilder().setHeightAboveHomeMeters(10))
                    .build();
            ground.send(takeOff);
            Optional<ReceivedCommand> received =
                    agent.awaitCommand(takeOff.getId().toByteArray(), WALL);
            assertThat(received.map(ReceivedCommand::command)).contains(takeOff);
            // It goes on being repeated, since no event has been logged yet.
            assertThat(agent.awaitCommand(takeOff.getId().toByteArray(), Duration.ofMillis(50)))
                    .isEmpty();
            agent.report(takeOff.getId().toByteArray(), CommandStage.COMMAND_STAGE_ACCEPTED, "");
            agent.report(takeOff.getId().toByteArray(), CommandStage.COMMAND_STAGE_COMPLETED, "");
            fly(agent, 10);
            assertThat(agent.connected()).isTrue();
            List<Sample> events = ground.attestedSamples().stream()
                    .filter(Sample::hasCommandEvent)
                    .collect(Collectors.toList());
            assertThat(events)
                    .extracting(sample -> sample.getCommandEvent().getStage())
                    .containsExactly(CommandStage.COMMAND_STAGE_ACCEPTED, CommandStage.COMMAND_STAGE_COMPLETED);
            assertThat(events.get(0).getCommandEvent().getCommand()).isEqualTo(takeOff.toByteString());
        }
    }

    @Test
    void aSecondSessionOfTheSameBootGoesOnInTheSameLog() throws Exception {
        SecureElement element = line.secureElement();
        TestUdpServer udp = new TestUdpServer();
        try (TestGround ground = new TestGround(
                        line.ground(line.operations), element.logKey().key(), udp, udp.port());
                AirframeAgent agent =
                        line.agent(line.provisioned(folder, element), element).boot()) {
            agent.connect(ground.address()).get(10, TimeUnit.SECONDS);
            publish(agent, 0, 100);
            agent.connect(ground.address()).get(10, TimeUnit.SECONDS);
            publish(agent, 100, 200);
            ClosedLog closed = agent.closeLog(LogCloseReason.LOG_CLOSE_REASON_FLIGHT_ENDED, WALL);
            assertThat(closed.acknowledged()).isTrue();
            assertCompleteFlight(ground, agent, closed, 200);
            assertThat(ground.attestedSamples().stream().filter(Sample::hasReceiverJoined))
                    .hasSize(2);
        }
    }

    @Test
    void aReceiverThatComesTooLateForTheFirstRecordsStillAttestsTheRest() throws Exception {
        SecureElement element = line.secureElement();
        TestUdpServer udp = new TestUdpServer();
        try (TestGround ground = new TestGround(
                        line.ground(line.operations), element.logKey().key(), udp, udp.port());
                AirframeAgent agent =
                        line.agent(line.provisioned(folder, element), element).boot()) {
            int gone = 3_000;
            for (int i = 0; i < LogMemory.STANDARD.records() + gone; i++) {
                agent.publish(Sample.newBuilder()
                        .setFlightTimeNanos(i)
                        .setFlightEvent(FlightEvent.newBuilder().setDetail("event " + i))
                        .build());
            }
            agent.connect(ground.address()).get(10, TimeUnit.SECONDS);
            ClosedLog closed = agent.closeLog(LogCloseReason.LOG_CLOSE_REASON_FLIGHT_ENDED, WALL);
            assertThat(closed.acknowledged()).isTrue();
            assertThat(ground.failures()).isEmpty();
            assertThat(ground.receiver(agent.logOrigin()).complete()).isTrue();
            assertThat(ground.attested())
                    .extracting(AttestedRecord::leafIndex)
                    .first()
                    .isEqualTo(closed.head().size() - LogMemory.STANDARD.records());
            assertThat(ground.attested()).hasSize(LogMemory.STANDARD.records());
        }
    }

    @Test
    void anAgentWithLittleMemoryKeepsLessOfItsLogAndAReceiverAttestsThat() throws Exception {
        int bodyBytes = 64 << 10;
        int kept = 128;
        SecureElement element = line.secureElement();
        TestUdpServer udp = new TestUdpServer();
        try (TestGround ground = new TestGround(
                        line.ground(line.operations), element.logKey().key(), udp, udp.port());
                AirframeAgent agent = line.agent(line.provisioned(folder, element), element)
                        .logMemory(bodyBytes)
                        .boot()) {
            for (int i = 0; i < 5_000; i++) {
                agent.publish(Sample.newBuilder()
                        .setFlightTimeNanos(i)
                        .setFlightEvent(FlightEvent.newBuilder().setDetail("event " + i))
                        .build());
            }
            agent.connect(ground.address()).get(10, TimeUnit.SECONDS);
            ClosedLog closed = agent.closeLog(LogCloseReason.LOG_CLOSE_REASON_FLIGHT_ENDED, WALL);
            assertThat(closed.acknowledged()).isTrue();
            assertThat(ground.failures()).isEmpty();
            assertThat(ground.receiver(agent.logOrigin()).complete()).isTrue();
            assertThat(ground.attested())
                    .extracting(AttestedRecord::leafIndex)
                    .first()
                    .isEqualTo(closed.head().size() - kept);
        }
    }

    @Test
    void aLogMemoryThatIsNoPowerOfTwoOrTooSmallIsRefused() {
        for (int bytes : new int[] {0, -1, 1, 1 << 15, (1 << 16) + 1, 3 << 20, 1 << 29}) {
            assertThatThrownBy(() -> AirframeAgent.builder().logMemory(bytes))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("logMemory: a power of two from 65536 to 268435456 bytes expected, got " + bytes);
        }
    }

    @Test
    void aClosedLogIsStillDeliveredToAGroundThatComesLater() throws Exception {
        SecureElement element = line.secureElement();
        TestUdpServer udp = new TestUdpServer();
        try (TestGround ground = new TestGround(
                        line.ground(line.operations), element.logKey().key(), udp, udp.port());
                AirframeAgent agent =
                        line.agent(line.provisioned(folder, element), element).boot()) {
            ClosedLog closed = fly(agent, 100);
            assertThat(closed.acknowledged()).isFalse();
            agent.connect(ground.address()).get(10, TimeUnit.SECONDS);
            assertThat(agent.closeLog(LogCloseReason.LOG_CLOSE_REASON_FLIGHT_ENDED, WALL))
                    .isEqualTo(new ClosedLog(closed.head(), true));
            assertCompleteFlight(ground, agent, closed, 100);
        }
    }

    @Test
    void hostileDatagramsAreCountedAndChangeNothing() throws Exception {
        SecureElement element = line.secureElement();
        TestUdpServer udp = new TestUdpServer();
        try (TestGround ground = new TestGround(
                        line.ground(line.operations), element.logKey().key(), udp, udp.port());
                AirframeAgent agent =
                        line.agent(line.provisioned(folder, element), element).boot()) {
            agent.connect(ground.address()).get(10, TimeUnit.SECONDS);
            publish(agent, 0, 20);
            await().atMost(WALL).until(() -> !ground.authentic().isEmpty());
            for (int length = 0; length < 1300; length += 50) {
                byte[] garbage = new byte[length];
                line.random.nextBytes(garbage);
                udp.send(garbage);
            }
            ground.sendOnce(FrameKind.FRAME_KIND_RECORD, new byte[3]);
            ground.sendOnce(FrameKind.FRAME_KIND_UNSPECIFIED, new byte[3]);
            ground.sendOnce(FrameKind.FRAME_KIND_COMMAND, new byte[] {1});
            ground.sendOnce(
                    FrameKind.FRAME_KIND_ACKNOWLEDGEMENT,
                    Acknowledgement.newBuilder().setNextLeafIndex(-1).build().toByteArray());
            ground.sendOnce(
                    FrameKind.FRAME_KIND_ACKNOWLEDGEMENT,
                    Acknowledgement.newBuilder()
                            .setNextLeafIndex(1_000_000)
                            .build()
                            .toByteArray());
            LeafRange everything =
                    LeafRange.newBuilder().setFrom(-5).setTo(Long.MAX_VALUE).build();
            ground.sendOnce(
                    FrameKind.FRAME_KIND_RECORD_REQUEST,
                    RecordRequest.newBuilder()
                            .addAllRanges(Collections.nCopies(65, LeafRange.getDefaultInstance()))
                            .build()
                            .toByteArray());
            ground.sendOnce(
                    FrameKind.FRAME_KIND_RECORD_REQUEST,
                    RecordRequest.newBuilder().addRanges(everything).build().toByteArray());
            await().atMost(WALL)
                    .until(() -> agent.rejections().of(RejectReason.MALFORMED) >= 6
                            && agent.rejections().of(RejectReason.OVERSIZE) >= 2);
            publish(agent, 20, 40);
            ClosedLog closed = agent.closeLog(LogCloseReason.LOG_CLOSE_REASON_FLIGHT_ENDED, WALL);
            assertThat(closed.acknowledged()).isTrue();
            assertCompleteFlight(ground, agent, closed, 40);
        }
    }

    @Test
    void aLogIsNotContinuedAfterItsEnd() throws Exception {
        SecureElement element = line.secureElement();
        try (AirframeAgent agent =
                line.agent(line.provisioned(folder, element), element).boot()) {
            assertThatThrownBy(() -> agent.publish(Sample.newBuilder()
                            .setLogClosed(LogClosed.getDefaultInstance())
                            .build()))
                    .isInstanceOf(IllegalArgumentException.class);
            agent.advanceTo(5);
            assertThatThrownBy(() -> agent.advanceTo(4)).isInstanceOf(IllegalArgumentException.class);
            agent.closeLog(LogCloseReason.LOG_CLOSE_REASON_ABORTED, Duration.ZERO);
            assertThatThrownBy(() -> agent.advanceTo(6)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aGroundOfAnotherOwnerIsRefused() throws Exception {
        SecureElement element = line.secureElement();
        TestCa other = line.design.operationsCa(line.random, "Other", TestLine.GROUND_ROLE);
        TestUdpServer udp = new TestUdpServer();
        try (TestGround ground =
                        new TestGround(line.ground(other), element.logKey().key(), udp, udp.port());
                AirframeAgent agent =
                        line.agent(line.provisioned(folder, element), element).boot()) {
            assertRefused(agent, ground.address(), "FOREIGN_OWNER");
        }
    }

    @Test
    void anOperatorOfTheOwnLineIsNoGround() throws Exception {
        SecureElement element = line.secureElement();
        TestUdpServer udp = new TestUdpServer();
        try (TestGround ground = new TestGround(
                        line.leafOf(line.operations, "C=DE,O=Line,CN=card-1", TestLine.OPERATOR_ROLE),
                        element.logKey().key(),
                        udp,
                        udp.port());
                AirframeAgent agent =
                        line.agent(line.provisioned(folder, element), element).boot()) {
            assertRefused(agent, ground.address(), "POLICY");
        }
    }

    @Test
    void aStationOfTheOwnLineReadsParametersAndFliesNothing() throws Exception {
        SecureElement element = line.secureElement();
        TestUdpServer udp = new TestUdpServer();
        try (TestGround station = new TestGround(
                        line.leafOf(line.operations, "C=DE,O=Line,CN=station-1", TestLine.STATION_ROLE),
                        element.logKey().key(),
                        udp,
                        udp.port());
                AirframeAgent agent = line.agent(line.provisioned(folder, element), element)
                        .parameters(new OneParameter())
                        .boot()) {
            agent.connect(station.address()).get(10, TimeUnit.SECONDS);
            station.send(Command.newBuilder()
                    .setId(ByteString.copyFrom(new byte[16]))
                    .setArm(Arm.getDefaultInstance())
                    .build());
            station.send(Command.newBuilder()
                    .setId(ByteString.copyFrom(new byte[15]).concat(ByteString.copyFromUtf8("r")))
                    .setReadParameters(ReadParameters.newBuilder().addNames("GAIN"))
                    .build());
            int[] step = {0};
            await().atMost(WALL).until(() -> {
                step[0]++;
                agent.advanceTo(step[0] * STEP_NANOS);
                assertThat(agent.pollCommand()).isEmpty();
                return station.attestedSamples().stream()
                                .filter(Sample::hasCommandEvent)
                                .count()
                        == 3;
            });
            assertThat(station.attestedSamples().stream()
                            .filter(Sample::hasCommandEvent)
                            .map(Sample::getCommandEvent)
                            .map(event -> event.getStage() + " " + event.getCode() + event.getParametersList()))
                    .containsExactlyInAnyOrder(
                            "COMMAND_STAGE_REFUSED NOT_AUTHORISED[]",
                            "COMMAND_STAGE_ACCEPTED []",
                            "COMMAND_STAGE_COMPLETED [name: \"GAIN\"\nvalue: 2.5\n]");
        }
    }

    private static final class OneParameter implements ParameterStore {
        @Override
        public void write(List<Parameter> parameters) {
            throw new IllegalStateException("nothing is written here");
        }

        @Override
        public List<Parameter> read() {
            return List.of(Parameter.newBuilder().setName("GAIN").setValue(2.5).build());
        }
    }

    @Test
    void aRevokedGroundIsRefused() throws Exception {
        SecureElement element = line.secureElement();
        var identity = line.ground(line.operations);
        TestUdpServer udp = new TestUdpServer();
        AirframeStorage storage = line.provisioned(
                folder,
                element,
                line.root.crl(),
                line.design.crl(),
                line.operations.crl(identity.chain().leaf().getSerialNumber()));
        try (TestGround ground = new TestGround(identity, element.logKey().key(), udp, udp.port());
                AirframeAgent agent = line.agent(storage, element).boot()) {
            assertRefused(agent, ground.address(), "REVOKED");
        }
    }

    @Test
    void nobodyThereIsAnErrorOfTheFuture() throws Exception {
        SecureElement element = line.secureElement();
        try (AirframeAgent agent =
                line.agent(line.provisioned(folder, element), element).boot()) {
            assertRefused(agent, new InetSocketAddress("127.0.0.1", 1), "UNREACHABLE");
            assertThat(agent.awaitRoom(Duration.ofSeconds(1))).isTrue();
        }
    }

    @Test
    void anAirframeThatWasNeverBornDoesNotBoot() {
        SecureElement element = line.secureElement();
        AirframeStorage empty = FolderStorage.in(folder.resolve("empty"));
        assertThatThrownBy(() -> line.agent(empty, element).boot())
                .isInstanceOfSatisfying(
                        KrylaException.class, e -> assertThat(e.code()).isEqualTo("NOT_PROVISIONED"));
    }

    private static void assertRefused(AirframeAgent agent, InetSocketAddress address, String code) {
        assertThatThrownBy(() -> agent.connect(address).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        KrylaException.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThat(agent.connected()).isFalse();
    }

    private static void assertCompleteFlight(TestGround ground, AirframeAgent agent, ClosedLog closed, int states) {
        await().atMost(WALL).until(() -> ground.receiver(agent.logOrigin()).complete());
        assertThat(ground.failures()).isEmpty();
        assertThat(ground.attested()).hasSize((int) closed.head().size());
        assertThat(ground.authentic()).hasSize((int) closed.head().size());
        assertThat(ground.attested()).extracting(record -> record.leafIndex()).isSorted();
        assertThat(ground.receiver(agent.logOrigin()).head().orElseThrow().root())
                .isEqualTo(closed.head().root());
        List<Sample> samples = ground.attestedSamples();
        assertThat(samples.stream().filter(Sample::hasVehicleState)).hasSize(states);
        assertThat(samples.get(samples.size() - 1).hasLogClosed()).isTrue();
    }

    private static ClosedLog fly(AirframeAgent agent, int states) {
        publish(agent, 0, states);
        return agent.closeLog(LogCloseReason.LOG_CLOSE_REASON_FLIGHT_ENDED, WALL);
    }

    private static void publish(AirframeAgent agent, int from, int to) {
        for (int i = from; i < to; i++) {
            long now = (i + 2) * STEP_NANOS;
            agent.publish(Sample.newBuilder()
                    .setFlightTimeNanos(now)
                    .setVehicleState(VehicleState.newBuilder()
                            .setMode(FlightMode.FLIGHT_MODE_HOLD)
                            .setPositionDownMeters(-i)
                            .addRotorCommands(0.5f))
                    .build());
            agent.advanceTo(now);
            if (agent.connected()) {
                assertThat(agent.awaitRoom(WALL)).isTrue();
            }
        }
    }
}
