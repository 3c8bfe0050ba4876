package io.kryla.ground.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.kryla.ground.record.FlightVerdict;
import io.kryla.ground.record.FlightVerifier;
import io.kryla.identity.Certificates;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.VerificationKey;
import io.kryla.session.AirframeSetup;
import io.kryla.session.GroundSetup;
import io.kryla.session.SealedReceiver;
import io.kryla.session.SessionKeys;
import io.kryla.session.SetupStep;
import io.kryla.sframe.KeyLife;
import io.kryla.sframe.KeyRatchet;
import io.kryla.sframe.RatchetingSealer;
import io.kryla.sframe.RejectCounters;
import io.kryla.sframe.RejectReason;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.Claimed;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightLogReceiver;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.LogProgress;
import io.kryla.v1.Acknowledgement;
import io.kryla.v1.Command;
import io.kryla.v1.Envelope;
import io.kryla.v1.FrameKind;
import io.kryla.v1.Hello;
import io.kryla.v1.KeyOffer;
import io.kryla.v1.LogKeyEndorsement;
import io.kryla.v1.RecordRequest;
import io.kryla.v1.Sample;
import io.kryla.v1.SessionMessage;
import io.kryla.v1.Subscribe;
import io.kryla.v1.TelemetryRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the first version said is understood by today's code, byte for byte as it was meant; and what a later one will add does no
 * harm (docs/compatibility.md).
 */
class GoldenSessionTest {
    private static final Path VECTOR = Path.of("../../protocol/src/main/resources/vectors/kryla-session-1.json");
    private static final int KEY_OFFER_OF_GROUND = 2;
    private static final int KEY_OFFER_OF_AIRFRAME = 3;
    private static final int LATER_FIELD = 1_000;
    private static final int LATER_KIND = 9;

    private static JsonNode golden;

    @BeforeAll
    static void read(@TempDir Path scratch) throws IOException, InterruptedException {
        ObjectMapper mapper = new ObjectMapper();
        if (Boolean.getBoolean("kryla.vectors.write")) {
            assertThat(VECTOR).as("what a version said is written once").doesNotExist();
            GoldenSessionRecorder.write(VECTOR, scratch);
            ObjectNode written = (ObjectNode) mapper.readTree(VECTOR.toFile());
            golden = written;
            ArrayNode records = written.putArray("records");
            attested().forEach(record -> {
                ArrayNode lines = records.addArray();
                FieldLines.of(record.record()).forEach(lines::add);
            });
            Files.writeString(VECTOR, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(written) + "\n");
        }
        golden = mapper.readTree(VECTOR.toFile());
    }

    @Test
    void setUpIsFourMessagesInTheirOrder() {
        assertThat(setup())
                .extracting(SessionMessage::getMessageCase)
                .containsExactly(
                        SessionMessage.MessageCase.HELLO,
                        SessionMessage.MessageCase.SUBSCRIBE,
                        SessionMessage.MessageCase.KEY_OFFER,
                        SessionMessage.MessageCase.KEY_OFFER);
        assertThat(golden.get("setup").findValuesAsText("from"))
                .containsExactly("airframe", "ground", "ground", "airframe");
        assertThat(hello().getSerial()).isEqualTo(origin().serial());
        assertThat(hello().getLogs(0).getOrigin()).isEqualTo(origin().text());
    }

    @Test
    void everyRecordIsAttestedAndHoldsWhatItHeld() {
        List<AttestedRecord> attested = attested();
        assertThat(attested).hasSize(golden.get("head").get("size").asInt());
        assertThat(attested.stream()
                        .map(record -> FieldLines.of(record.record()))
                        .toList())
                .isEqualTo(texts(golden.get("records")));
    }

    @Test
    void whatTheGroundSaidIsUnderstood() throws IOException {
        SealedReceiver airframe =
                keys(KEY_OFFER_OF_AIRFRAME, KEY_OFFER_OF_GROUND).receiver(new RejectCounters(), 0);
        List<FrameKind> kinds = new ArrayList<>();
        List<Command.ActionCase> actions = new ArrayList<>();
        Acknowledgement last = Acknowledgement.getDefaultInstance();
        for (byte[] frame : frames("up")) {
            SealedReceiver.Result.Opened opened = (SealedReceiver.Result.Opened) airframe.open(frame, frame.length, 0);
            kinds.add(opened.kind());
            if (opened.kind() == FrameKind.FRAME_KIND_COMMAND) {
                actions.add(Command.parseFrom(opened.body()).getActionCase());
            } else if (opened.kind() == FrameKind.FRAME_KIND_RECORD_REQUEST) {
                assertThat(RecordRequest.parseFrom(opened.body()).getRangesList())
                        .isNotEmpty();
            } else {
                last = Acknowledgement.parseFrom(opened.body());
            }
        }
        assertThat(kinds).contains(FrameKind.FRAME_KIND_ACKNOWLEDGEMENT, FrameKind.FRAME_KIND_RECORD_REQUEST);
        assertThat(actions)
                .containsExactly(
                        Command.ActionCase.ARM,
                        Command.ActionCase.TAKE_OFF,
                        Command.ActionCase.READ_PARAMETERS,
                        Command.ActionCase.DISARM);
        assertThat(last.getAttestedSize())
                .isEqualTo(golden.get("head").get("size").asLong());
    }

    @Test
    void theRecordingVerifiesFromItsRoot(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("flight.mcap"), base64(golden.get("recording")));
        FlightVerdict verdict = FlightVerifier.of(
                        root(), Instant.parse(golden.get("now").asText()))
                .verify(file);
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        FlightVerdict.Attested.class,
                        attested -> assertThat(attested.flight().samples()).isPositive());
    }

    @Test
    void theTrustBundleOpensUnderItsRoot() throws IOException {
        DocumentResult<TrustedBundle> opened = TrustedBundle.open(
                root(), Envelope.parseFrom(base64(golden.get("trust_bundle"))), OptionalLong.empty());
        assertThat(opened).isInstanceOf(DocumentResult.Verified.class);
    }

    @Test
    void fieldsOfALaterVersionAreIgnoredInSetUp() {
        List<SessionMessage> said = setup();
        GroundSetup ground = new GroundSetup(
                hello -> new GroundSetup.Answer.Admit(said.get(1).getSubscribe()), 7, new SecureRandom());
        SessionMessage hello =
                SessionMessage.newBuilder().setHello(later(hello())).build();
        assertThat(ground.receive(later(hello).toByteArray())).isInstanceOf(SetupStep.Send.class);
        SessionMessage offer = SessionMessage.newBuilder()
                .setKeyOffer(later(said.get(KEY_OFFER_OF_AIRFRAME).getKeyOffer()))
                .build();
        assertThat(ground.receive(later(offer).toByteArray())).isInstanceOf(SetupStep.Established.class);

        AirframeSetup airframe = new AirframeSetup(hello(), new SecureRandom());
        SessionMessage subscribe = SessionMessage.newBuilder()
                .setSubscribe(later(said.get(1).getSubscribe()))
                .build();
        assertThat(airframe.receive(later(subscribe).toByteArray())).isInstanceOf(SetupStep.Send.class);
    }

    @Test
    void aMessageOfALaterVersionEndsSetUp() {
        GroundSetup ground = new GroundSetup(
                hello -> new GroundSetup.Answer.Admit(Subscribe.getDefaultInstance()), 7, new SecureRandom());
        SetupStep step =
                ground.receive(later(SessionMessage.getDefaultInstance()).toByteArray());
        assertThat(step)
                .isInstanceOfSatisfying(
                        SetupStep.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("OUT_OF_ORDER"));
    }

    @Test
    void aFrameOfALaterVersionIsCountedAndTheSessionGoesOn() {
        KeyOffer airframe = setup().get(KEY_OFFER_OF_AIRFRAME).getKeyOffer();
        KeyOffer ground = setup().get(KEY_OFFER_OF_GROUND).getKeyOffer();
        RatchetingSealer sealer = new RatchetingSealer(
                new KeyRatchet(airframe.getBaseKey().toByteArray(), ground.getReceiveSessionId()), KeyLife.STANDARD, 0);
        SealedReceiver receiver =
                keys(KEY_OFFER_OF_GROUND, KEY_OFFER_OF_AIRFRAME).receiver(new RejectCounters(), 0);
        byte[] datagram = new byte[100];
        int length = sealer.seal(new byte[] {LATER_KIND, 1, 2, 3}, 0, 4, datagram, 0, 0);
        assertThat(receiver.open(datagram, length, 0))
                .isEqualTo(new SealedReceiver.Result.Rejected(RejectReason.MALFORMED));
        length = sealer.seal(new byte[] {FrameKind.FRAME_KIND_KEEP_ALIVE_VALUE}, 0, 1, datagram, 0, 0);
        assertThat(receiver.open(datagram, length, 0)).isInstanceOf(SealedReceiver.Result.Opened.class);
    }

    @Test
    void samplesOfALaterVersionAreAttestedWithTheRest() throws IOException {
        byte[] record = attested().get(1).recordBytes();
        Message changed = later(TelemetryRecord.parseFrom(record).toBuilder()
                .addSamples(later(
                        Sample.newBuilder().setFlightTimeNanos(Long.MAX_VALUE).build()))
                .build());
        FlightLogReceiver receiver = receiver();
        assertThat(receiver.receiveRecord(attested().get(0).recordBytes())).isInstanceOf(LogProgress.Accepted.class);
        LogProgress progress = receiver.receiveRecord(changed.toByteArray());
        assertThat(progress)
                .isInstanceOfSatisfying(
                        LogProgress.Accepted.class,
                        accepted -> assertThat(accepted.claims())
                                .singleElement()
                                .extracting(Claimed::recordBytes)
                                .isEqualTo(changed.toByteArray()));
    }

    @SuppressWarnings("unchecked")
    private static <M extends Message> M later(M message) {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(
                        LATER_FIELD,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("of a later version"))
                                .build())
                .build();
        return (M) message.toBuilder().setUnknownFields(unknown).build();
    }

    private static List<AttestedRecord> attested() {
        SealedReceiver ground = keys(KEY_OFFER_OF_GROUND, KEY_OFFER_OF_AIRFRAME).receiver(new RejectCounters(), 0);
        FlightLogReceiver log = receiver();
        List<AttestedRecord> attested = new ArrayList<>();
        for (byte[] frame : frames("down")) {
            SealedReceiver.Result.Opened opened = (SealedReceiver.Result.Opened) ground.open(frame, frame.length, 0);
            LogProgress progress = switch (opened.kind()) {
                case FRAME_KIND_RECORD -> log.receiveRecord(opened.body());
                case FRAME_KIND_CHECKPOINT -> log.receiveCheckpoint(opened.body());
                default -> new LogProgress.Accepted(List.of());
            };
            if (progress instanceof LogProgress.Accepted accepted) {
                accepted.claims().stream()
                        .filter(AttestedRecord.class::isInstance)
                        .map(AttestedRecord.class::cast)
                        .forEach(attested::add);
            }
        }
        assertThat(log.complete()).isTrue();
        assertThat(log.head().map(FlightCheckpoint::wire).orElseThrow())
                .isEqualTo(hex(golden.get("head").get("wire")));
        return attested;
    }

    private static FlightLogReceiver receiver() {
        try {
            LogKeyEndorsement endorsement =
                    LogKeyEndorsement.parseFrom(hello().getLogKeyEndorsement().getPayload());
            return new FlightLogReceiver(
                    origin(), VerificationKey.fromProto(endorsement.getLogKey()).orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SessionKeys keys(int own, int peer) {
        KeyOffer mine = setup().get(own).getKeyOffer();
        return SessionKeys.agree(mine, setup().get(peer).getKeyOffer()).orElseThrow();
    }

    private static Hello hello() {
        return setup().get(0).getHello();
    }

    private static FlightOrigin origin() {
        return FlightOrigin.parse(golden.get("head").get("origin").asText()).orElseThrow();
    }

    private static List<SessionMessage> setup() {
        List<SessionMessage> messages = new ArrayList<>();
        try {
            for (JsonNode said : golden.get("setup")) {
                messages.add(SessionMessage.parseFrom(hex(said.get("message"))));
            }
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<byte[]> frames(String direction) {
        return StreamSupport.stream(golden.get("datagrams").spliterator(), false)
                .filter(said -> said.get("from").asText().equals(direction))
                .map(said -> hex(said.get("frame")))
                .toList();
    }

    private static List<List<String>> texts(JsonNode lists) {
        List<List<String>> texts = new ArrayList<>();
        for (JsonNode list : lists) {
            List<String> lines = new ArrayList<>();
            list.forEach(line -> lines.add(line.asText()));
            texts.add(lines);
        }
        return texts;
    }

    private static X509Certificate root() {
        return Certificates.fromDer(base64(golden.get("root"))).orElseThrow();
    }

    private static byte[] hex(JsonNode text) {
        return HexFormat.of().parseHex(text.asText());
    }

    private static byte[] base64(JsonNode text) {
        return Base64.getDecoder().decode(text.asText());
    }
}
