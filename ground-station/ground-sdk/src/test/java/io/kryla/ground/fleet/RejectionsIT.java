package io.kryla.ground.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.kryla.ground.line.ScriptedAirframe;
import io.kryla.ground.line.TestAirframe;
import io.kryla.ground.line.TestLine;
import io.kryla.identity.PathRejection;
import io.kryla.identity.ProofRejection;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.fixture.CertificateDraft;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.sframe.KeyLife;
import io.kryla.sframe.RejectReason;
import io.kryla.sframe.SFrameHeader;
import io.kryla.telemetry.FlightLog;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.LogRejection;
import io.kryla.telemetry.RecordBatch;
import io.kryla.telemetry.TelemetryProfile;
import io.kryla.v1.Envelope;
import io.kryla.v1.FrameKind;
import io.kryla.v1.Hello;
import io.kryla.v1.KeyOffer;
import io.kryla.v1.LogOpened;
import io.kryla.v1.Sample;
import io.kryla.v1.SessionMessage;
import io.kryla.v1.SessionRejected;
import io.kryla.v1.VehicleState;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every reason for which a ground rejects something: what causes it, and that its counter goes up and no other. */
@Timeout(120)
class RejectionsIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final KeyLife A_STEP_A_FRAME =
            new KeyLife(Duration.ofSeconds(120), 1, Duration.ofHours(23), Duration.ofHours(24));
    private static final byte[] NOTHING = {};

    private static TestLine line;

    @TempDir
    Path folder;

    private TestAirframe airframe;

    @BeforeAll
    static void makeLine() throws Exception {
        line = new TestLine();
    }

    @BeforeEach
    void bear() {
        airframe = TestAirframe.born(line, "KRYL5TEST1", folder.resolve("airframe"));
    }

    /** The ten seconds that a set-up may take pass at once on this clock; whatever else it is asked for takes its time. */
    private static final class ImpatientLoops extends MultiThreadIoEventLoopGroup {
        private static final long SETUP_NANOS = Duration.ofSeconds(10).toNanos();

        ImpatientLoops() {
            super(1, NioIoHandler.newFactory());
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            return super.schedule(command, unit.toNanos(delay) == SETUP_NANOS ? 0 : delay, unit);
        }
    }

    @Test
    void aSetUpThatTakesTooLongIsCountedAndEnded() throws Exception {
        ImpatientLoops loops = new ImpatientLoops();
        try (GroundStation station = line.groundStation().eventLoops(loops).start();
                ScriptedAirframe silent = ScriptedAirframe.connect(station.boundAddress(), airframe.tls())) {
            await().atMost(SOON).until(() -> station.refused("SETUP_TIME") == 1);
            assertThat(silent.hasSession()).isFalse();
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    @Test
    void everyReasonToRejectADatagramIsCountedAndNoOther() throws Exception {
        try (GroundStation station = line.groundStation().start()) {
            for (RejectReason reason : RejectReason.values()) {
                boolean ratchet = reason == RejectReason.RATCHET_TOO_FAR || reason == RejectReason.RATCHET_LIMITED;
                try (ScriptedAirframe scripted = ScriptedAirframe.connect(station.boundAddress(), airframe.tls())
                        .setUp(
                                ScriptedAirframe.hello(airframe).build(),
                                station.boundAddress(),
                                ratchet ? A_STEP_A_FRAME : KeyLife.STANDARD)) {
                    awaitSession(station, scripted);
                    Map<RejectReason, Long> expected = counts(station);
                    expected.merge(reason, 1L, Long::sum);
                    causing(reason, scripted).forEach(scripted::send);
                    await(reason.name())
                            .atMost(SOON)
                            .untilAsserted(() -> assertThat(counts(station)).isEqualTo(expected));
                }
                await().atMost(SOON).until(() -> !isUp(station));
            }
        }
    }

    /** The last of these is rejected for that reason; those before it are opened. */
    private static List<byte[]> causing(RejectReason reason, ScriptedAirframe airframe) {
        byte[] frame = airframe.seal(FrameKind.FRAME_KIND_KEEP_ALIVE, NOTHING);
        SFrameHeader header = SFrameHeader.parse(frame, 0, frame.length).orElseThrow();
        return switch (reason) {
            case MALFORMED -> List.of(Arrays.copyOf(frame, header.encodedLength() + 15));
            case OVERSIZE -> List.of(Arrays.copyOf(frame, 1_171));
            case UNKNOWN_KEY ->
                List.of(Arrays.copyOf(new SFrameHeader(header.kid() ^ 1L << 16, 0).encode(), frame.length));
            case AEAD_FAILED -> {
                frame[frame.length - 1] ^= 1;
                yield List.of(frame);
            }
            case REPLAYED -> List.of(frame, frame);
            case TOO_OLD -> {
                List<byte[]> later = sealed(airframe, 1_024);
                yield List.of(later.get(1_023), frame);
            }
            case RATCHET_TOO_FAR -> List.of(sealed(airframe, 9).get(8));
            case RATCHET_LIMITED -> {
                List<byte[]> steps = sealed(airframe, 16);
                yield List.of(steps.get(6), steps.get(14));
            }
        };
    }

    private static List<byte[]> sealed(ScriptedAirframe airframe, int frames) {
        List<byte[]> sealed = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            sealed.add(airframe.seal(FrameKind.FRAME_KIND_KEEP_ALIVE, NOTHING));
        }
        return sealed;
    }

    /** Until its first datagram is opened; earlier ones are those of no session. */
    private void awaitSession(GroundStation station, ScriptedAirframe scripted) {
        long before = station.openedDatagrams();
        await().atMost(SOON).until(() -> isUp(station));
        await().atMost(SOON).until(() -> {
            scripted.send(scripted.seal(FrameKind.FRAME_KIND_KEEP_ALIVE, NOTHING));
            return station.openedDatagrams() > before;
        });
    }

    private boolean isUp(GroundStation station) {
        return station.airframe(airframe.serial)
                .map(link -> link.state().connected())
                .orElse(false);
    }

    private static Map<RejectReason, Long> counts(GroundStation station) {
        Map<RejectReason, Long> counts = new EnumMap<>(RejectReason.class);
        for (RejectReason reason : RejectReason.values()) {
            counts.put(reason, station.rejected(reason));
        }
        return counts;
    }

    @Test
    void everyReasonToRejectARecordOrCheckpointIsCountedAndNoOther() throws Exception {
        try (GroundStation station = line.groundStation().start()) {
            for (LogRejection reason : LogRejection.values()) {
                int boot = 1 + reason.ordinal();
                FlightOrigin origin = new FlightOrigin(airframe.originPrefix(), boot, "flight");
                Hello.Builder hello = ScriptedAirframe.hello(airframe).setBoot(boot);
                hello.getLogsBuilder(0).setOrigin(origin.text());
                var next = station.nextFlight(airframe.serial, SOON);
                try (ScriptedAirframe scripted = ScriptedAirframe.connect(station.boundAddress(), airframe.tls())
                        .setUp(hello.build(), station.boundAddress(), KeyLife.STANDARD)) {
                    AirframeLink link = next.get(20, TimeUnit.SECONDS);
                    awaitSession(station, scripted);
                    causing(reason, origin).forEach(body -> scripted.send(scripted.seal(kindOf(body), body)));
                    await(reason.name()).atMost(SOON).untilAsserted(() -> {
                        for (LogRejection each : LogRejection.values()) {
                            assertThat(link.rejected(each)).as("%s", each).isEqualTo(each == reason ? 1 : 0);
                        }
                    });
                }
                await().atMost(SOON).until(() -> !isUp(station));
            }
        }
    }

    private static FrameKind kindOf(byte[] body) {
        return body.length == io.kryla.telemetry.FlightCheckpoint.WIRE_BYTES
                ? FrameKind.FRAME_KIND_CHECKPOINT
                : FrameKind.FRAME_KIND_RECORD;
    }

    private List<byte[]> causing(LogRejection reason, FlightOrigin origin) {
        byte[] opening = record(
                0,
                Sample.newBuilder()
                        .setLogOpened(LogOpened.newBuilder()
                                .setSerial(origin.serial())
                                .setBoot(origin.boot())
                                .setProfile("flight")));
        byte[] first = record(1, state(1));
        FlightLog log = new FlightLog(origin, airframe.element.logKey());
        log.append(opening);
        return switch (reason) {
            case MALFORMED -> List.of(new byte[] {1, 2, 3});
            case DUPLICATE -> List.of(opening, opening);
            case TOO_FAR_AHEAD -> List.of(record(9_000, state(1)));
            case BAD_NOTE -> {
                byte[] forged = log.sign().wire();
                forged[forged.length - 40] ^= 1;
                yield List.of(opening, forged);
            }
            case ROOT_MISMATCH -> {
                log.append(first);
                yield List.of(opening, record(1, state(2)), log.sign().wire());
            }
            case INCONSISTENT -> List.of(opening, first, record(1, state(2)));
        };
    }

    private static byte[] record(long leafIndex, Sample.Builder sample) {
        RecordBatch batch = new RecordBatch(TelemetryProfile.FLIGHT);
        batch.add(sample.build());
        return batch.seal(leafIndex);
    }

    private static Sample.Builder state(int metersHigh) {
        return Sample.newBuilder()
                .setFlightTimeNanos(20_000_000)
                .setVehicleState(VehicleState.newBuilder().setPositionDownMeters(-metersHigh));
    }

    @Test
    void everyCodeOfACertificateIsCounted() throws Exception {
        Set<String> shown = new HashSet<>();
        TestAirframe stranger = TestAirframe.born(new TestLine(), "KRYL5TEST2", folder.resolve("stranger"));
        try (GroundStation station = line.groundStation().start()) {
            shown.add(assertRefusedAtTheDoor(station, stranger.tls(), PathRejection.PATH));
            shown.add(assertRefusedAtTheDoor(station, line.ground(), PathRejection.NAME));
            shown.add(assertRefusedAtTheDoor(
                    station,
                    certified(draft -> draft.policies(TestLicensor.LICENSE_OID, TestLicensor.LICENSE_OID + ".9")),
                    PathRejection.POLICY));
            shown.add(assertRefusedAtTheDoor(
                    station,
                    certified(draft ->
                            draft.subject("C=DE,O=Maker,OU=" + TestLicensor.LINE + ",serialNumber=KRYL5TEST9")),
                    PathRejection.SERIAL_MISMATCH));
        }
        List<X509CRL> revoking = line.crls(airframe.chain().leaf());
        try (GroundStation station = line.groundStation().crls(() -> revoking).start()) {
            shown.add(assertRefusedAtTheDoor(station, airframe.tls(), PathRejection.REVOKED));
        }
        try (GroundStation station = line.groundStation().crls(List::of).start()) {
            shown.add(assertRefusedAtTheDoor(station, airframe.tls(), PathRejection.CRL_STALE));
        }
        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(PathRejection.values()).map(Enum::name).toList());
    }

    private TlsIdentity certified(UnaryOperator<CertificateDraft> spoil) {
        CertificateDraft draft = CertificateDraft.idevid(
                TestLicensor.LINE, "KRYL5TEST1", TestLicensor.DESIGN_OID, TestLicensor.LICENSE_OID);
        return new TlsIdentity(
                airframe.element.identityKey(),
                line.issue(spoil.apply(draft), airframe.element.identityKey().key()));
    }

    private static String assertRefusedAtTheDoor(GroundStation station, TlsIdentity identity, PathRejection code) {
        Map<PathRejection, Long> expected = refusals(station);
        expected.merge(code, 1L, Long::sum);
        try (ScriptedAirframe refused = ScriptedAirframe.connect(station.boundAddress(), identity)) {
            await(code.name())
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(refusals(station)).isEqualTo(expected));
            assertThat(refused.hasSession()).isFalse();
        }
        return code.name();
    }

    private static Map<PathRejection, Long> refusals(GroundStation station) {
        Map<PathRejection, Long> counts = new EnumMap<>(PathRejection.class);
        for (PathRejection code : PathRejection.values()) {
            counts.put(code, station.refused(code.name()));
        }
        return counts;
    }

    @Test
    void everyCodeOfSetUpIsCounted() throws Exception {
        TestAirframe unseen = TestAirframe.bornAtTheLineOnly(line, "KRYL5TEST3", folder.resolve("unseen"));
        try (GroundStation station = line.groundStation().start()) {
            assertRefused(station, airframe, "NO_BIRTH_PROOF", hello(Hello.Builder::clearBirth));
            assertRefused(station, airframe, "SERIAL_MISMATCH", hello(hello -> hello.setSerial("KRYL5TEST9")));
            assertRefused(station, airframe, "UNKNOWN_PROFILE", hello(Hello.Builder::clearLogs));
            assertRefused(
                    station,
                    airframe,
                    "LOG_KEY_NOT_ENDORSED",
                    hello(hello -> hello.setLogKeyEndorsement(Envelope.getDefaultInstance())));
            assertRefused(station, airframe, ProofRejection.WRONG_ORIGIN.name(), hello(hello -> {
                hello.getLogsBuilder(0).setOrigin("kryla.example/flight/KRYL5TEST9/1/flight");
                return hello;
            }));
            assertRefused(
                    station,
                    airframe,
                    ProofRejection.MALFORMED.name(),
                    hello(hello -> withProof(hello, text -> "no proof")));
            assertRefused(
                    station,
                    airframe,
                    ProofRejection.BAD_NOTE.name(),
                    hello(hello -> withProof(hello, RejectionsIT::spoilt)));
            assertRefused(station, airframe, ProofRejection.ROOT_MISMATCH.name(), hello(hello -> {
                hello.getBirthBuilder().setLeaf(ByteString.copyFromUtf8("another leaf"));
                return hello;
            }));
            assertRefused(
                    station,
                    unseen,
                    ProofRejection.NO_QUORUM.name(),
                    SessionMessage.newBuilder()
                            .setHello(ScriptedAirframe.hello(unseen))
                            .build());
            assertRefused(
                    station,
                    airframe,
                    "OUT_OF_ORDER",
                    SessionMessage.newBuilder()
                            .setKeyOffer(KeyOffer.getDefaultInstance())
                            .build());
            for (String chosen : List.of("NO_QUORUM", "CODE_OF_ITS_OWN", "a line\nof a log")) {
                assertRefused(
                        station,
                        airframe,
                        GroundStation.REFUSED_BY_AIRFRAME,
                        SessionMessage.newBuilder()
                                .setRejected(SessionRejected.newBuilder().setCode(chosen))
                                .build());
            }
            assertThat(station.refused("NO_QUORUM")).isEqualTo(1);
            assertThat(station.refused("CODE_OF_ITS_OWN")).isZero();
        }
    }

    private SessionMessage hello(UnaryOperator<Hello.Builder> spoil) throws Exception {
        return SessionMessage.newBuilder()
                .setHello(spoil.apply(ScriptedAirframe.hello(airframe)))
                .build();
    }

    private static Hello.Builder withProof(Hello.Builder hello, UnaryOperator<String> change) {
        String text = hello.getBirth().getTlogProof().toStringUtf8();
        hello.getBirthBuilder().setTlogProof(ByteString.copyFrom(change.apply(text), StandardCharsets.UTF_8));
        return hello;
    }

    /** The ledger's own signature stands first; some base64 in the midst of it is another. */
    private static String spoilt(String proof) {
        int at = proof.indexOf(' ', proof.indexOf("\u2014 ") + 2) + 40;
        char other = proof.charAt(at) == 'A' ? 'B' : 'A';
        return proof.substring(0, at) + other + proof.substring(at + 1);
    }

    private static void assertRefused(GroundStation station, TestAirframe airframe, String code, SessionMessage first) {
        long before = station.refused(code);
        try (ScriptedAirframe scripted = ScriptedAirframe.connect(station.boundAddress(), airframe.tls())) {
            scripted.say(first);
            await(code).atMost(SOON).until(() -> station.refused(code) == before + 1);
        }
        assertThat(station.airframes()).isEmpty();
    }
}
