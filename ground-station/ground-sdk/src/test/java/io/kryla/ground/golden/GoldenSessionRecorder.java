package io.kryla.ground.golden;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.kryla.airframe.ClosedLog;
import io.kryla.ground.fleet.GroundStation;
import io.kryla.ground.record.FlightRecorder;
import io.kryla.identity.Certificates;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.Digest;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.test.FakeAirframe;
import io.kryla.test.FakeIdentity;
import io.kryla.v1.Arm;
import io.kryla.v1.Command;
import io.kryla.v1.Disarm;
import io.kryla.v1.FlightEventKind;
import io.kryla.v1.FlightMode;
import io.kryla.v1.ReadParameters;
import io.kryla.v1.Subscribe;
import io.kryla.v1.TakeOff;
import io.kryla.v1.VehicleState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Writes the vector of today's version: once for each version of the protocol, and never again for an old one, since its bytes are
 * what that version said. {@code -Dkryla.vectors.write=true} runs it.
 */
final class GoldenSessionRecorder {
    private static final String SERIAL = "KRYL5GOLD1";
    private static final FlightOrigin ORIGIN = new FlightOrigin("kryla.example/flight/" + SERIAL, 1, "flight");
    private static final Duration WALL = Duration.ofSeconds(30);

    private final TestLicensor licensor = new TestLicensor();
    private final FakeIdentity identity = FakeIdentity.born(licensor, SERIAL);
    private final ObjectNode json = new ObjectMapper().createObjectNode();

    private GoldenSessionRecorder() {}

    static void write(Path file, Path scratch) throws IOException, InterruptedException {
        GoldenSessionRecorder recorder = new GoldenSessionRecorder();
        recorder.trust();
        recorder.session();
        recorder.recording(scratch);
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        Files.writeString(file, mapper.writeValueAsString(recorder.json) + "\n");
    }

    private void trust() {
        json.put("source", "A session and a recording of the first version; protocol.md section 14 says what is what");
        json.put("now", TestLicensor.NOW.toString());
        json.put("root", base64(Certificates.toDer(licensor.root().certificate())));
        json.put("trust_bundle", base64(licensor.bundle().envelope().toByteArray()));
        ArrayNode lists = json.putArray("crls");
        for (X509CRL list : licensor.crls().crls()) {
            lists.add(base64(Certificates.toDer(list)));
        }
    }

    private void session() throws InterruptedException {
        Subscribe terms = Subscribe.newBuilder()
                .setProfile("flight")
                .setNonce(ByteString.copyFrom(Digest.sha256(new byte[] {1}).bytes()))
                .setLedgerCheckpointSha256(
                        ByteString.copyFrom(Digest.sha256(new byte[] {2}).bytes()))
                .build();
        List<Command> commands = List.of(
                command(1).setArm(Arm.getDefaultInstance()).build(),
                command(2)
                        .setTakeOff(TakeOff.newBuilder().setHeightAboveHomeMeters(1))
                        .build(),
                command(3)
                        .setReadParameters(ReadParameters.newBuilder().addNames("RTL_ALT"))
                        .build(),
                command(4).setDisarm(Disarm.getDefaultInstance()).build());
        try (CapturingGround ground = new CapturingGround(
                        licensor.ground("ground-1"),
                        ORIGIN,
                        identity.secureElement().logKey().key(),
                        terms,
                        commands);
                FakeAirframe airframe = boot()) {
            airframe.connect(ground.address());
            airframe.event(FlightEventKind.FLIGHT_EVENT_KIND_GNSS_LOST, "vector");
            do {
                airframe.fly(Duration.ofMillis(20));
            } while (!ground.commandsEnded());
            ClosedLog closed = airframe.land();
            if (!closed.acknowledged()) {
                throw new IllegalStateException("the session broke off");
            }
            said(json.putArray("setup"), ground.setupMessages(), "airframe", "ground", "message");
            said(json.putArray("datagrams"), ground.datagrams(), "down", "up", "frame");
            json.putObject("head")
                    .put("origin", ORIGIN.text())
                    .put("size", closed.head().size())
                    .put("root", hex(closed.head().root().bytes()))
                    .put("wire", hex(closed.head().wire()));
        }
    }

    private static Command.Builder command(int number) {
        byte[] id = new byte[16];
        id[15] = (byte) number;
        return Command.newBuilder().setId(ByteString.copyFrom(id));
    }

    /** Fields that are decimal fractions, so that every language reads them the same. */
    private FakeAirframe boot() {
        return FakeAirframe.of(identity)
                .parameter("RTL_ALT", 30.5)
                .telemetry(time -> VehicleState.newBuilder()
                        .setMode(FlightMode.FLIGHT_MODE_DISARMED)
                        .setAttitudeW(1)
                        .setPositionDownMeters(-0.25f * time.toMillis())
                        .setLatitudeRadians(0.5)
                        .setBatteryRemainingRatio(0.75f)
                        .setGnssSatellites(12)
                        .addRotorCommands(0.5f)
                        .build())
                .boot();
    }

    private static void said(
            ArrayNode to, List<CapturingGround.Said> all, String byAirframe, String byGround, String content) {
        for (CapturingGround.Said one : all) {
            to.addObject().put("from", one.byAirframe() ? byAirframe : byGround).put(content, hex(one.bytes()));
        }
    }

    private void recording(Path scratch) throws IOException {
        Path file = scratch.resolve("flight.mcap");
        try (GroundStation station = GroundStation.builder()
                        .identity(licensor.ground("ground-1"))
                        .trust(licensor.bundle())
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .crls(() -> licensor.crls().crls())
                        .ledgerCheckpoint(() -> Digest.sha256(new byte[] {2}))
                        .clock(InstantSource.fixed(TestLicensor.NOW))
                        .start();
                FakeAirframe airframe = boot()) {
            CompletableFuture<FlightRecorder> recorder =
                    station.nextFlight(SERIAL, WALL).thenApply(link -> FlightRecorder.record(link, file));
            airframe.connect(station.boundAddress()).fly(Duration.ofMillis(400));
            airframe.land();
            recorder.join().completed(WALL).join();
        }
        json.put("recording", base64(Files.readAllBytes(file)));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
