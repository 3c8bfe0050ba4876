package io.kryla.ground.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.UnknownFieldSet;
import io.kryla.airframe.AirframeAgent;
import io.kryla.ground.fleet.AirframeLink;
import io.kryla.ground.fleet.GroundStation;
import io.kryla.ground.line.TestAirframe;
import io.kryla.ground.line.TestLine;
import io.kryla.identity.Certificates;
import io.kryla.mcap.Compression;
import io.kryla.mcap.McapAttachment;
import io.kryla.mcap.McapMetadata;
import io.kryla.mcap.McapOptions;
import io.kryla.mcap.McapSchema;
import io.kryla.v1.FlightEvidence;
import io.kryla.v1.RecordedCheckpoint;
import io.kryla.v1.TelemetryRecord;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A forger has the file and a good MCAP writer: container, checksums and indexes are right every time. */
@Timeout(120)
class ForgedRecordingIT {
    private static final Duration WALL = Duration.ofSeconds(30);

    private static TestLine line;
    private static TestAirframe airframe;
    private static Recording original;

    @TempDir
    static Path folder;

    @TempDir
    Path scratch;

    @BeforeAll
    static void recordAFlight() throws Exception {
        line = new TestLine();
        airframe = born("KRYL5TEST1");
        original = Recording.read(fly(airframe));
    }

    private static TestAirframe born(String serial) throws Exception {
        return TestAirframe.born(line, serial, folder.resolve(serial));
    }

    private static Path fly(TestAirframe unit) throws Exception {
        Path file = folder.resolve(unit.serial + ".mcap");
        try (GroundStation station = line.groundStation().start();
                AirframeAgent agent = unit.agent().boot()) {
            CompletableFuture<AirframeLink> next = station.nextFlight(unit.serial, WALL);
            CompletableFuture<FlightRecorder> recorder = next.thenApply(link -> FlightRecorder.record(link, file));
            agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            TestAirframe.fly(agent, 0, 100);
            // Checkpoints that come too fast are covered by the next: this makes two of them.
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> next.join().state().attestedSize() > 2);
            TestAirframe.fly(agent, 100, 150);
            TestAirframe.land(agent);
            recorder.get(30, TimeUnit.SECONDS).completed(WALL).join();
        }
        return file;
    }

    @Test
    void rewrittenWithoutAChangeItIsTheSameFlight() throws Exception {
        assertThat(verify(original)).isInstanceOf(FlightVerdict.Attested.class);
    }

    @Test
    void aRecordLeftOutIsAHole() throws Exception {
        Recording forged = original.copy();
        forged.messages.remove(forged.indexOfRecord(7));
        assertThat(codeOf(forged)).isEqualTo("HOLE");
        assertThat(whereOf(forged)).isEqualTo("leaf 7");
    }

    @Test
    void aChangedRecordMissesTheRoot() throws Exception {
        Recording forged = original.copy();
        forged.changeRecord(
                9,
                bytes -> parse(bytes).toBuilder()
                        .setSamples(
                                0,
                                parse(bytes).getSamples(0).toBuilder()
                                        .setVehicleState(parse(bytes).getSamples(0).getVehicleState().toBuilder()
                                                .setPositionDownMeters(-1_000)))
                        .build()
                        .toByteArray());
        assertThat(codeOf(forged)).isEqualTo("ROOT_MISMATCH");
    }

    @Test
    void aRecordThatFitsNoDatagramIsOversize() throws Exception {
        Recording forged = original.copy();
        forged.changeRecord(3, bytes -> java.util.Arrays.copyOf(bytes, 5_000));
        assertThat(codeOf(forged)).isEqualTo("OVERSIZE");
    }

    @Test
    void recordsInAnotherOrderAreAHole() throws Exception {
        Recording forged = original.copy();
        Collections.swap(forged.messages, forged.indexOfRecord(10), forged.indexOfRecord(11));
        assertThat(codeOf(forged)).isEqualTo("HOLE");
    }

    @Test
    void aRecordTwiceIsADuplicate() throws Exception {
        Recording forged = original.copy();
        int at = forged.indexOfRecord(5);
        forged.messages.add(at, forged.messages.get(at));
        assertThat(codeOf(forged)).isEqualTo("DUPLICATE");
    }

    @Test
    void aFlightCutShortIsNotClosed() throws Exception {
        Recording forged = original.copy();
        int first = forged.indexOfCheckpoint(0);
        forged.messages.subList(first + 1, forged.messages.size()).clear();
        assertThat(codeOf(forged)).isEqualTo("LOG_NOT_CLOSED");
        forged.messages.remove(first);
        assertThat(codeOf(forged)).isEqualTo("HOLE");
    }

    @Test
    void aForgedCheckpointIsNotSigned() throws Exception {
        Recording forged = original.copy();
        forged.changeCheckpoint(
                1,
                bytes -> RecordedCheckpoint.parseFrom(bytes).toBuilder()
                        .setRoot(ByteString.copyFrom(new byte[32]))
                        .build()
                        .toByteArray());
        assertThat(codeOf(forged)).isEqualTo("BAD_NOTE");
        forged.changeCheckpoint(0, bytes -> new byte[] {1, 2, 3});
        assertThat(codeOf(forged)).isEqualTo("MALFORMED");
    }

    @Test
    void timesOtherThanThoseOfTheRecordsAreMalformed() throws Exception {
        Recording forged = original.copy();
        forged.timeShiftNanos = 1;
        assertThat(codeOf(forged)).isEqualTo("MALFORMED");
    }

    @Test
    void whatALayoutDoesNotHaveIsMalformed() throws Exception {
        Recording topic = original.copy();
        topic.checkpointsTopic = "/other";
        assertThat(codeOf(topic)).isEqualTo("MALFORMED");
        Recording attachment = original.copy();
        attachment.attachments.add(McapAttachment.of("notes.txt", "text/plain", new byte[] {1}));
        assertThat(codeOf(attachment)).isEqualTo("MALFORMED");
        Recording metadata = original.copy();
        metadata.metadata = new McapMetadata("kryla.flight", Collections.emptySortedMap());
        assertThat(codeOf(metadata)).isEqualTo("WRONG_ORIGIN");
        Recording twice = original.copy();
        twice.attachments.add(twice.attachments.get(0));
        assertThat(codeOf(twice)).isEqualTo("MALFORMED");
        Recording profile = original.copy();
        profile.options = new McapOptions(
                "ros2", Compression.ZSTD, 1 << 18, Duration.ofSeconds(1), McapOptions.Durability.WHEN_FINISHED);
        assertThat(codeOf(profile)).isEqualTo("MALFORMED");
        Recording bare = original.copy();
        bare.attachments.clear();
        assertThat(codeOf(bare)).isEqualTo("MALFORMED");
    }

    @Test
    void descriptorsThatNameThingsOtherwiseAreRefused() throws Exception {
        FileDescriptorSet known = FileDescriptorSet.parseFrom(FlightLayout.RECORD_SCHEMA.data());
        Recording lie = original.copy();
        lie.recordSchema = schema(FileDescriptorSet.parseFrom(
                swap(known.toByteArray(), "velocity_north_meters_per_second", "velocity_south_meters_per_second")));
        assertThat(codeOf(lie)).isEqualTo("SCHEMA_MISMATCH");
        Recording later = original.copy();
        later.recordSchema = schema(known.toBuilder()
                .setFile(
                        0,
                        known.getFile(0).toBuilder()
                                .addMessageType(DescriptorProto.newBuilder().setName("Later")))
                .build());
        assertThat(codeOf(later)).isEqualTo("SCHEMA_MISMATCH");
        assertThat(whereOf(later)).isEqualTo("kryla.v1.TelemetryRecord");
    }

    @Test
    void descriptorsOfAnEarlierVersionAreAccepted() throws Exception {
        FileDescriptorSet known = FileDescriptorSet.parseFrom(FlightLayout.RECORD_SCHEMA.data());
        FileDescriptorProto.Builder earlier = known.getFile(0).toBuilder();
        earlier.getMessageTypeBuilderList().forEach(message -> {
            if (message.getName().equals("VehicleState")) {
                message.removeField(message.getFieldCount() - 1);
            }
        });
        Recording old = original.copy();
        old.recordSchema = schema(known.toBuilder().setFile(0, earlier).build());
        assertThat(verify(old)).isInstanceOf(FlightVerdict.Attested.class);
    }

    private static McapSchema schema(FileDescriptorSet files) {
        return McapSchema.of("kryla.v1.TelemetryRecord", "protobuf", files.toByteArray());
    }

    private static byte[] swap(byte[] bytes, String from, String to) {
        return new String(bytes, ISO_8859_1).replace(from, to).getBytes(ISO_8859_1);
    }

    @Test
    void evidenceInAnotherFormIsMalformed() throws Exception {
        Recording unknown = original.copy();
        unknown.setEvidence(original.evidence().toBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                100,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build())
                .build());
        assertThat(codeOf(unknown)).isEqualTo("MALFORMED");
        Recording inBirth = original.copy();
        inBirth.setEvidence(original.evidence().toBuilder()
                .setBirth(original.evidence().getBirth().toBuilder()
                        .setUnknownFields(unknown.evidence().getUnknownFields()))
                .build());
        assertThat(codeOf(inBirth)).isEqualTo("MALFORMED");
        Recording checkpoint = original.copy();
        checkpoint.changeCheckpoint(0, bytes -> {
            byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 2);
            longer[bytes.length] = 0x28;
            longer[bytes.length + 1] = 1;
            return longer;
        });
        assertThat(codeOf(checkpoint)).isEqualTo("MALFORMED");
    }

    @Test
    void revocationListsAreThoseOfTheIssuersAndTheNewestCounts() throws Exception {
        X509CRL foreign = new TestLine().crls().get(0);
        assertThat(withEvidence(evidence -> evidence.addCrls(der(foreign)))).isEqualTo("MALFORMED");
        X509CRL revoking = line.crls(airframe.chain().leaf()).get(2);
        assertThat(withEvidence(evidence -> evidence.setCrls(2, der(revoking)))).isEqualTo("REVOKED");

        Path file = scratch.resolve("flight.mcap");
        original.write(file);
        FlightVerifier verifier = FlightVerifier.of(line.rootCertificate(), TestLine.CLOCK.instant());
        assertThat(verifier.verify(file)).isInstanceOf(FlightVerdict.Attested.class);
        // A recording may carry a list from before the revocation; whoever has a later one brings it along.
        assertThat(verifier.knowing(List.of(revoking)).verify(file))
                .isInstanceOfSatisfying(
                        FlightVerdict.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo("REVOKED"));
    }

    private static ByteString der(X509CRL list) {
        return ByteString.copyFrom(Certificates.toDer(list));
    }

    @Test
    void whatWasAttestedBeforeAFaultStaysAttested() throws Exception {
        Recording forged = original.copy();
        int first = forged.indexOfCheckpoint(0);
        long covered = forged.messages.get(first).sequence();
        forged.messages.remove(first + 1);
        assertThat(rejected(forged).attested()).hasValueSatisfying(flight -> {
            assertThat(flight.head().size()).isEqualTo(covered);
            assertThat(flight.closeReason()).isEmpty();
        });
        forged.messages.remove(first);
        forged.changeRecord(0, bytes -> new byte[] {1});
        assertThat(rejected(forged).attested()).isEmpty();
    }

    @Test
    void evidenceOfSomethingElseIsRejectedByItsOwnProof() throws Exception {
        FlightEvidence other = Recording.read(fly(born("KRYL5TEST2"))).evidence();
        TestLine elsewhere = new TestLine();

        assertThat(withEvidence(evidence -> evidence.setTrustBundle(elsewhere.bundleEnvelope())))
                .isEqualTo("UNKNOWN_SIGNER");
        assertThat(withEvidence(evidence -> evidence.clearBirth())).isEqualTo("NO_BIRTH_PROOF");
        assertThat(withEvidence(evidence -> evidence.setBirth(other.getBirth())))
                .isEqualTo("NO_BIRTH_PROOF");
        assertThat(withEvidence(evidence -> evidence.clearIdevidChain().addAllIdevidChain(other.getIdevidChainList())))
                .isEqualTo("NO_BIRTH_PROOF");
        assertThat(withEvidence(evidence -> evidence.clearIdevidChain())).isEqualTo("PATH");
        assertThat(withEvidence(evidence -> evidence.setLogKeyEndorsement(other.getLogKeyEndorsement())))
                .isEqualTo("LOG_KEY_NOT_ENDORSED");
        assertThat(withEvidence(evidence -> evidence.setLogKeyEndorsement(airframe.endorsement("KRYL5TEST2"))))
                .isEqualTo("WRONG_ORIGIN");
        assertThat(withEvidence(evidence -> evidence.setFlightOrigin("kryla.example/flight/KRYL5TEST2/1/flight")))
                .isEqualTo("WRONG_ORIGIN");
        assertThat(withEvidence(evidence -> evidence.clearCrls())).isEqualTo("CRL_STALE");
        assertThat(withEvidence(
                        evidence -> evidence.clearGroundChain().addAllGroundChain(evidence.getIdevidChainList())))
                .isEqualTo("POLICY");
        assertThat(withEvidence(evidence -> evidence.clearGroundChain().addAllGroundChain(other.getGroundChainList())))
                .isEqualTo("GROUND_NOT_JOINED");
    }

    private String withEvidence(UnaryOperator<FlightEvidence.Builder> change) throws Exception {
        Recording forged = original.copy();
        forged.setEvidence(change.apply(forged.evidence().toBuilder()).build());
        return codeOf(forged);
    }

    private static TelemetryRecord parse(byte[] bytes) throws Exception {
        return TelemetryRecord.parseFrom(bytes);
    }

    private String codeOf(Recording forged) throws Exception {
        return rejected(forged).code();
    }

    private String whereOf(Recording forged) throws Exception {
        return rejected(forged).where();
    }

    private FlightVerdict.Rejected rejected(Recording forged) throws Exception {
        FlightVerdict verdict = verify(forged);
        assertThat(verdict).isInstanceOf(FlightVerdict.Rejected.class);
        return (FlightVerdict.Rejected) verdict;
    }

    private FlightVerdict verify(Recording recording) throws Exception {
        Path file = scratch.resolve("forged.mcap");
        recording.write(file);
        return RecordedFlight.verify(file, line.rootCertificate(), Optional.empty(), TestLine.CLOCK.instant());
    }
}
