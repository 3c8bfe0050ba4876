package io.kryla.ground.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.ClosedLog;
import io.kryla.airframe.FolderStorage;
import io.kryla.airframe.ReceivedCommand;
import io.kryla.ground.line.TestAirframe;
import io.kryla.ground.line.TestLedger;
import io.kryla.ground.line.TestLine;
import io.kryla.ground.link.ListenerRejection;
import io.kryla.ground.stream.SampleKind;
import io.kryla.identity.TlsContexts;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.Digest;
import io.kryla.link.Impairment;
import io.kryla.link.UdpLink;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.AuthenticRecord;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.LogRejection;
import io.kryla.test.ImpairedLink;
import io.kryla.v1.Arm;
import io.kryla.v1.Command;
import io.kryla.v1.CommandStage;
import io.kryla.v1.Sample;
import io.kryla.v1.TakeOff;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real agent against the real station, over TLS and UDP on the loopback interface. */
@Timeout(120)
class GroundStationIT {
    private static final Duration WALL = Duration.ofSeconds(30);
    private static TestLine line;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeLine() throws Exception {
        line = new TestLine();
    }

    @Test
    void subscribersGetEveryRecordWithItsClaim() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5TEST1", folder);
        List<AuthenticRecord> authentic = new CopyOnWriteArrayList<>();
        List<AttestedRecord> attested = new CopyOnWriteArrayList<>();
        try (GroundStation station = line.groundStation().start();
                AirframeAgent agent = airframe.agent().boot()) {
            station.onAirframe(link -> {
                link.authenticRecords().buffer(4_096).listen(authentic::add);
                link.attestedRecords().buffer(4_096).listen(attested::add);
            });
            agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            TestAirframe.fly(agent, 0, 500);
            ClosedLog closed = TestAirframe.land(agent);

            assertThat(closed.acknowledged()).isTrue();
            await().atMost(WALL).until(() -> attested.size() == closed.head().size());
            assertThat(attested).extracting(AttestedRecord::leafIndex).isSorted();
            assertThat(authentic).hasSameSizeAs(attested);
            AirframeState state =
                    station.airframe(airframe.serial).orElseThrow().state();
            assertThat(state.closed()).isTrue();
            assertThat(state.attestedSize()).isEqualTo(closed.head().size());
            assertThat(state.origin()).isEqualTo(agent.logOrigin());
        }
    }

    @Test
    void theSessionCarriesTheNonceOfTheLedgerOnce() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5TEST2", folder);
        List<Sample> samples = new CopyOnWriteArrayList<>();
        Digest nonce = Digest.sha256(new byte[] {7});
        try (GroundStation station = line.groundStation().start();
                AirframeAgent agent = airframe.agent().boot()) {
            station.onAirframe(
                    link -> link.attested(SampleKind.ANY).buffer(4_096).listen(sample -> samples.add(sample.body())));
            station.useNonce(airframe.serial, nonce);
            agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            TestAirframe.fly(agent, 0, 5);
            agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            TestAirframe.fly(agent, 5, 10);
            assertThat(TestAirframe.land(agent).acknowledged()).isTrue();

            await().atMost(WALL)
                    .until(() -> !samples.isEmpty()
                            && samples.get(samples.size() - 1).hasLogClosed());
            List<ByteString> nonces = samples.stream()
                    .filter(Sample::hasReceiverJoined)
                    .map(sample -> sample.getReceiverJoined().getNonce())
                    .toList();
            assertThat(nonces).hasSize(2).first().isEqualTo(ByteString.copyFrom(nonce.bytes()));
            assertThat(nonces.get(1)).isNotEqualTo(nonces.get(0));
            assertThat(samples.get(1).hasReceiverJoined()).isTrue();
        }
    }

    @Test
    void aCommandIsAnsweredByTheFlightLog() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5TEST3", folder);
        try (GroundStation station = line.groundStation().start();
                AirframeAgent agent = airframe.agent().boot()) {
            CompletableFuture<AirframeLink> next = station.nextFlight(airframe.serial, WALL);
            agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            AirframeLink link = next.get(30, TimeUnit.SECONDS);
            TestAirframe.fly(agent, 0, 5);

            List<Double> progress = new CopyOnWriteArrayList<>();
            SentCommand accepted =
                    link.send(takeOff(1), WALL, WALL).onProgress((ratio, leafIndex) -> progress.add(ratio));
            Optional<ReceivedCommand> received = agent.awaitCommand(id(1), WALL);
            assertThat(received.map(ReceivedCommand::command)).contains(takeOff(1));
            agent.report(id(1), CommandStage.COMMAND_STAGE_ACCEPTED, "");
            assertThat(accepted.answer().get(30, TimeUnit.SECONDS)).isInstanceOf(CommandAnswer.Accepted.class);
            agent.reportProgress(id(1), 0.5f);
            agent.report(id(1), CommandStage.COMMAND_STAGE_COMPLETED, "");
            assertThat(accepted.outcome().get(30, TimeUnit.SECONDS)).isInstanceOf(CommandOutcome.Completed.class);
            assertThat(progress).containsExactly(0.5);

            SentCommand refused = link.send(takeOff(2), WALL, WALL);
            assertThat(agent.awaitCommand(id(2), WALL)).isPresent();
            agent.report(id(2), CommandStage.COMMAND_STAGE_REFUSED, "NOT_ARMED");
            assertThat(refused.outcome().get(30, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            CommandOutcome.Refused.class,
                            outcome -> assertThat(outcome.code()).isEqualTo("NOT_ARMED"));

            assertThat(link.send(takeOff(3), Duration.ofMillis(100), WALL)
                            .answer()
                            .get(30, TimeUnit.SECONDS))
                    .isEqualTo(new CommandAnswer.NoAnswer(Silence.DEADLINE));
        }
    }

    @Test
    void aCommandIsActedOnOnceAcrossSessionsOfABootAndGrounds() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5TESTI", folder);
        try (AirframeAgent agent = airframe.agent().boot()) {
            for (int session = 0; session < 2; session++) {
                try (GroundStation station = line.groundStation().start()) {
                    CompletableFuture<AirframeLink> next = station.nextFlight(airframe.serial, WALL);
                    agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
                    TestAirframe.fly(agent, 10 * session, 10 * session + 5);
                    SentCommand sent = next.get(30, TimeUnit.SECONDS).send(takeOff(1), WALL, WALL);
                    if (session == 0) {
                        assertThat(agent.awaitCommand(id(1), WALL)).isPresent();
                        agent.report(id(1), CommandStage.COMMAND_STAGE_ACCEPTED, "");
                        agent.report(id(1), CommandStage.COMMAND_STAGE_COMPLETED, "");
                    }
                    assertThat(sent.outcome().get(30, TimeUnit.SECONDS)).isInstanceOf(CommandOutcome.Completed.class);
                }
            }
            assertThat(agent.pollCommand()).isEmpty();
        }
    }

    /** Its log is another, so the ground sends it no more; whether to give the command anew is for people to say. */
    @Test
    void aCommandThatARebootCutShortIsNotCarriedOutByTheNextBoot() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5TESTR", folder);
        try (GroundStation station = line.groundStation().start()) {
            SentCommand waiting;
            SentCommand running;
            try (AirframeAgent agent = airframe.agent().boot()) {
                CompletableFuture<AirframeLink> next = station.nextFlight(airframe.serial, WALL);
                agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
                TestAirframe.fly(agent, 0, 5);
                AirframeLink link = next.get(30, TimeUnit.SECONDS);
                running = link.send(takeOff(1), WALL, WALL);
                assertThat(agent.awaitCommand(id(1), WALL)).isPresent();
                agent.report(id(1), CommandStage.COMMAND_STAGE_ACCEPTED, "");
                assertThat(running.answer().get(30, TimeUnit.SECONDS)).isInstanceOf(CommandAnswer.Accepted.class);
                waiting = link.send(takeOff(2), WALL, WALL);
            }
            try (AirframeAgent again = airframe.agent().boot()) {
                CompletableFuture<AirframeLink> next = station.nextFlight(airframe.serial, WALL);
                again.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
                AirframeLink link = next.get(30, TimeUnit.SECONDS);
                assertThat(waiting.answer().get(30, TimeUnit.SECONDS))
                        .isEqualTo(new CommandAnswer.NoAnswer(Silence.LINK_CLOSED));
                assertThat(running.outcome().get(30, TimeUnit.SECONDS))
                        .isEqualTo(new CommandOutcome.NotHeard(Silence.LINK_CLOSED));

                // Ids are unique within a boot: the same again is a command of this boot, given out once.
                SentCommand anew = link.send(takeOff(2), WALL, WALL);
                assertThat(again.awaitCommand(id(2), WALL)).isPresent();
                again.report(id(2), CommandStage.COMMAND_STAGE_REFUSED, "NOT_ARMED");
                assertThat(anew.answer().get(30, TimeUnit.SECONDS)).isInstanceOf(CommandAnswer.Refused.class);
                assertThat(again.pollCommand()).isEmpty();
            }
        }
    }

    @Test
    void aCommandThatWasLateIsNotCarriedOut() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5TESTE", folder);
        try (GroundStation station = line.groundStation().start();
                AirframeAgent agent = airframe.agent().boot()) {
            CompletableFuture<AirframeLink> next = station.nextFlight(airframe.serial, WALL);
            agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            AirframeLink link = next.get(30, TimeUnit.SECONDS);
            TestAirframe.fly(agent, 0, 5);
            await().atMost(WALL).until(() -> link.state().nextLeafIndex() > 2);

            SentCommand sent = link.send(
                    Command.newBuilder().setArm(Arm.getDefaultInstance()).build(), Duration.ofSeconds(20), WALL);
            long expiry = sent.command().getExpiresAtFlightTimeNanos();
            assertThat(Duration.ofNanos(expiry)).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(60));
            agent.advanceTo(expiry);
            await().atMost(WALL).until(() -> {
                assertThat(agent.pollCommand()).isEmpty();
                return sent.answer().isDone();
            });
            assertThat(sent.answer().join())
                    .isInstanceOfSatisfying(
                            CommandAnswer.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo("EXPIRED"));
        }
    }

    @Test
    void aNewBootIsANewLinkAndEndsTheOld() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5TEST4", folder);
        List<AirframeLink> links = new CopyOnWriteArrayList<>();
        try (GroundStation station = line.groundStation().start()) {
            station.onAirframe(links::add);
            CompletableFuture<AirframeLink> first = station.nextFlight(airframe.serial, WALL);
            try (AirframeAgent agent = airframe.agent().boot()) {
                agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
                TestAirframe.fly(agent, 0, 5);
            }
            SentCommand unanswered =
                    first.get(30, TimeUnit.SECONDS).send(takeOff(1), Duration.ofMinutes(1), Duration.ofMinutes(1));
            try (AirframeAgent agent = airframe.agent().boot()) {
                agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
                TestAirframe.fly(agent, 0, 5);
                assertThat(TestAirframe.land(agent).acknowledged()).isTrue();
            }
            assertThat(unanswered.outcome().get(30, TimeUnit.SECONDS))
                    .isEqualTo(new CommandOutcome.NotHeard(Silence.LINK_CLOSED));
            assertThat(links).extracting(link -> link.origin().boot()).containsExactly(1L, 2L);
            assertThat(station.airframe(airframe.serial)).contains(links.get(1));
        }
    }

    @Test
    void onlyTheLinesOwnGroundTakesABirthThatNoWitnessHasSeen() throws Exception {
        TestAirframe airframe = TestAirframe.bornAtTheLineOnly(line, "KRYL5TEST5", folder);
        try (GroundStation elsewhere = line.groundStation().start();
                GroundStation own = line.groundStation()
                        .policy(GroundPolicy.lineOwn(TestLedger.ORIGIN))
                        .start();
                AirframeAgent agent = airframe.agent().boot()) {
            assertThat(agent.connect(elsewhere.boundAddress())).failsWithin(WALL);
            assertThat(elsewhere.refused("NO_QUORUM")).isEqualTo(1);
            assertThat(elsewhere.airframes()).isEmpty();

            CompletableFuture<AirframeLink> next = own.nextFlight(airframe.serial, WALL);
            agent.connect(own.boundAddress()).get(30, TimeUnit.SECONDS);
            assertThat(next).succeedsWithin(WALL);
        }
    }

    @Test
    void everyHoleClosesOverALinkThatLosesDatagrams() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5TESTA", folder);
        List<AttestedRecord> attested = new CopyOnWriteArrayList<>();
        try (GroundStation station = line.groundStation().start();
                AirframeAgent agent = airframe.agent()
                        .datagrams(address ->
                                new ImpairedLink(UdpLink.connect(address), new Impairment(0.3, 0.05, 0.1), 3))
                        .boot()) {
            station.onAirframe(link -> link.attestedRecords().buffer(4_096).listen(attested::add));
            agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            TestAirframe.fly(agent, 0, 400);
            ClosedLog closed = TestAirframe.land(agent);
            assertThat(closed.acknowledged()).isTrue();
            await().atMost(WALL).until(() -> attested.size() == closed.head().size());
            assertThat(attested).extracting(AttestedRecord::leafIndex).isSorted();
        }
    }

    @Test
    void manyAirframesAreHeardAtOnce() throws Exception {
        Map<String, Long> attested = new ConcurrentHashMap<>();
        try (GroundStation station = line.groundStation().start()) {
            station.onAirframe(link -> link.attestedRecords()
                    .buffer(4_096)
                    .listen(record -> attested.merge(link.serial(), 1L, Long::sum)));
            List<AirframeAgent> agents = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                String serial = "KRYL5MANY" + i;
                agents.add(TestAirframe.born(line, serial, folder.resolve(serial))
                        .agent()
                        .boot());
            }
            for (AirframeAgent agent : agents) {
                agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            }
            for (int i = 0; i < 100; i++) {
                for (AirframeAgent agent : agents) {
                    TestAirframe.fly(agent, i, i + 1);
                }
            }
            for (AirframeAgent agent : agents) {
                long size = TestAirframe.land(agent).head().size();
                await().atMost(WALL).until(() -> attested.getOrDefault(agent.serial(), 0L) == size);
                agent.close();
            }
        }
    }

    @Test
    void aLogThatContradictsItselfIsCondemned() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5TESTB", folder);
        Path copy = folder.resolve("copy");
        copyFolder(folder.resolve("storage"), copy);
        try (GroundStation station = line.groundStation().start()) {
            CompletableFuture<AirframeLink> link = station.nextFlight(airframe.serial, WALL);
            CompletableFuture<String> abandoned = link.thenCompose(GroundStationIT::abandonment);
            try (AirframeAgent agent = airframe.agent().boot()) {
                agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
                TestAirframe.fly(agent, 0, 100);
                await().atMost(WALL).until(() -> link.join().state().attestedSize() > 2);
            }
            try (AirframeAgent fork = airframe.agent(FolderStorage.in(copy)).boot()) {
                assertThat(fork.logOrigin()).isEqualTo(link.join().origin());
                fork.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
                for (int i = 0; i < 400; i++) {
                    fork.publish(TestAirframe.state(i));
                }
                assertThat(abandoned.get(30, TimeUnit.SECONDS)).isIn("ROOT_MISMATCH", "INCONSISTENT");
                await().atMost(WALL).until(() -> !fork.connected());
            }
            assertThat(link.join().state().condemned())
                    .map(LogRejection::condemnsLog)
                    .contains(true);
        }
    }

    private static CompletableFuture<String> abandonment(AirframeLink link) {
        CompletableFuture<String> code = new CompletableFuture<>();
        link.follow(new FlightFollower() {
            @Override
            public void onAttested(List<AttestedRecord> records, FlightCheckpoint checkpoint) {}

            @Override
            public void onClosed(FlightCheckpoint head) {}

            @Override
            public void onAbandoned(String reason) {
                code.complete(reason);
            }
        });
        return code;
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void aRevokedAirframeIsRefusedBeforeItSpeaks() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5TESTC", folder);
        List<X509CRL> revoking = line.crls(airframe.chain().leaf());
        assertRefusedAtTheDoor(airframe, line.groundStation().crls(() -> revoking));
    }

    @Test
    void anAirframeOfAnotherRootIsRefusedBeforeItSpeaks() throws Exception {
        TestAirframe stranger = TestAirframe.born(new TestLine(), "KRYL5TESTD", folder);
        try (GroundStation station = line.groundStation().start();
                SSLSocket socket = connect(station, stranger.tls())) {
            await().atMost(WALL).until(() -> station.rejected(ListenerRejection.PEER_REFUSED) == 1);
            assertThat(socket.isConnected()).isTrue();
        }
    }

    @Test
    void aGroundIsNoAirframe() throws Exception {
        try (GroundStation station = line.groundStation().start();
                SSLSocket socket = connect(station, line.ground())) {
            await().atMost(WALL).until(() -> station.rejected(ListenerRejection.PEER_REFUSED) == 1);
            assertThat(socket.isConnected()).isTrue();
        }
    }

    private static SSLSocket connect(GroundStation station, TlsIdentity identity) throws IOException {
        InetSocketAddress address = station.boundAddress();
        SSLSocket socket = (SSLSocket) TlsContexts.newContext(identity)
                .getSocketFactory()
                .createSocket(address.getAddress(), address.getPort());
        socket.setSSLParameters(TlsContexts.clientParameters(GroundStation.ALPN));
        socket.startHandshake();
        return socket;
    }

    private void assertRefusedAtTheDoor(TestAirframe airframe, GroundStationBuilder builder) throws Exception {
        try (GroundStation station = builder.start();
                AirframeAgent agent = airframe.agent().boot()) {
            assertThat(agent.connect(station.boundAddress())).failsWithin(WALL);
            assertThat(station.rejected(ListenerRejection.PEER_REFUSED)).isEqualTo(1);
            assertThat(station.airframes()).isEmpty();
        }
    }

    @Test
    void saysWhatAStationLacks() {
        assertThatThrownBy(() -> GroundStation.builder().start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("identity, trust, listen, clock, crls, ledgerCheckpoint");
    }

    @Test
    void theBirthOfAnotherCertificateIsNoBirthProof() throws Exception {
        TestAirframe other = TestAirframe.born(line, "KRYL5TEST6", folder.resolve("other"));
        TestAirframe airframe = TestAirframe.born(line, "KRYL5TEST7", folder.resolve("own"));
        airframe.writeBirth(line.ledger.appendCosigned(other.born(), TestAirframe.BORN_AT));
        assertRefused(airframe, AirframeVerifier.NO_BIRTH_PROOF);
    }

    private void assertRefused(TestAirframe airframe, String code) throws Exception {
        try (GroundStation station = line.groundStation().start();
                AirframeAgent agent = airframe.agent().boot()) {
            assertThat(agent.connect(station.boundAddress()))
                    .failsWithin(WALL)
                    .withThrowableThat()
                    .withMessageContaining(code);
            assertThat(station.refused(code)).isEqualTo(1);
            assertThat(station.airframes()).isEmpty();
        }
    }

    private static byte[] id(int number) {
        byte[] id = new byte[16];
        id[15] = (byte) number;
        return id;
    }

    private static Command takeOff(int number) {
        return Command.newBuilder()
                .setId(ByteString.copyFrom(id(number)))
                .setTakeOff(TakeOff.newBuilder().setHeightAboveHomeMeters(10))
                .build();
    }
}
