package io.kryla.ground.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.ClosedLog;
import io.kryla.ground.fleet.AirframeLink;
import io.kryla.ground.fleet.GroundStation;
import io.kryla.ground.line.TestAirframe;
import io.kryla.ground.line.TestLine;
import io.kryla.keys.Digest;
import io.kryla.keys.KrylaException;
import io.kryla.mcap.McapWriter;
import io.kryla.v1.FlightClosed;
import io.kryla.v1.LeafProof;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A flight of the real agent, recorded by the real station, verified from the root certificate. */
@Timeout(120)
class FlightRecordingIT {
    private static final Duration WALL = Duration.ofSeconds(30);

    private static final Instant NOW = TestLine.CLOCK.instant();
    private static final int STATES = 300;

    @TempDir
    static Path folder;

    @TempDir
    Path scratch;

    private static TestLine line;
    private static TestAirframe airframe;
    private static ClosedLog closed;
    private static FinishedRecording recording;
    private static byte[] good;

    @BeforeAll
    static void recordAFlight() throws Exception {
        line = new TestLine();
        airframe = TestAirframe.born(line, "KRYL5TEST1", folder.resolve("airframe"));
        Path file = folder.resolve("flight.mcap");
        try (GroundStation station = line.groundStation().start();
                AirframeAgent agent = airframe.agent().boot()) {
            CompletableFuture<FlightRecorder> recorder =
                    station.nextFlight(airframe.serial, WALL).thenApply(link -> FlightRecorder.record(link, file));
            agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            TestAirframe.fly(agent, 0, STATES);
            closed = TestAirframe.land(agent);
            recording = recorder.get(30, TimeUnit.SECONDS).completed(WALL).join();
        }
        good = Files.readAllBytes(file);
    }

    @Test
    void aFlightIsAttestedFromTheRootAlone() throws Exception {
        assertThat(recording.head()).isEqualTo(closed.head());
        assertThat(recording.sha256()).isEqualTo(Digest.sha256(good));
        List<Sample> samples = new ArrayList<>();
        RecordedFlight flight = attested(recording.file(), samples);
        assertThat(flight.serial()).isEqualTo(airframe.serial);
        assertThat(flight.head()).isEqualTo(closed.head());
        assertThat(flight.bundle().revision()).isEqualTo(1);
        assertThat(flight.sha256()).isEqualTo(recording.sha256());
        assertThat(flight.airframe().bornAt()).isEqualTo(TestAirframe.BORN_AT);
        assertThat(flight.closeReason()).contains(LogCloseReason.LOG_CLOSE_REASON_FLIGHT_ENDED);
        assertThat(flight.receivers()).hasSize(1);
        assertThat(flight.recorderJoined()).isTrue();
        assertThat(flight.samples()).isEqualTo(samples.size());
        assertThat(samples.stream().filter(Sample::hasVehicleState))
                .hasSize(STATES)
                .extracting(sample -> (int) -sample.getVehicleState().getPositionDownMeters())
                .isSorted();
    }

    @Test
    void aFlightThatTheLedgerClosedIsAnchored() {
        LeafProof proof = line.ledger.appendCosigned(closing(closed()), NOW);
        byte[] file = FlightProofFile.encode(proof);

        FlightVerdict verdict =
                RecordedFlight.verify(recording.file(), line.rootCertificate(), FlightProofFile.decode(file), NOW);

        assertThat(verdict).isInstanceOfSatisfying(FlightVerdict.Anchored.class, anchored -> {
            assertThat(anchored.cosignedAt()).isEqualTo(NOW);
            assertThat(anchored.closed().getFlightSize())
                    .isEqualTo(closed.head().size());
        });
    }

    @Test
    void anAnchorOfAnotherFlightOrWithoutAWitnessIsRejected() {
        assertThat(anchoredBy(line.ledger.appendLineSigned(closing(closed())))).isEqualTo("NO_QUORUM");
        for (FlightClosed.Builder wrong : List.of(
                closed().setFlightSize(1),
                closed().setFlightOrigin("kryla.example/flight/KRYL5TEST1/2/flight"),
                closed().setFlightRoot(ByteString.copyFrom(new byte[32])),
                closed().setFlightMcapSha256(ByteString.copyFrom(new byte[32])))) {
            assertThat(anchoredBy(line.ledger.appendCosigned(closing(wrong), NOW)))
                    .isEqualTo("ANCHOR_MISMATCH");
        }
        LeafProof proof = line.ledger.appendCosigned(closing(closed()), NOW);
        assertThat(anchoredBy(proof.toBuilder()
                        .setLeaf(closing(closed().setFlightSize(1)).toByteString())
                        .build()))
                .isEqualTo("ROOT_MISMATCH");
    }

    @Test
    void anotherRootIsRejected() throws Exception {
        FlightVerdict verdict =
                RecordedFlight.verify(recording.file(), new TestLine().rootCertificate(), Optional.empty(), NOW);
        assertThat(verdict).isInstanceOf(FlightVerdict.Rejected.class);
        assertThat(((FlightVerdict.Rejected) verdict).where()).isEqualTo("trust bundle");
    }

    @Test
    void aFileThatEndsEarlyIsTruncated() throws Exception {
        Path file = scratch.resolve("flight.mcap");
        for (int length : new int[] {0, 8, good.length / 2, good.length - 1}) {
            Files.write(file, Arrays.copyOf(good, length));
            assertThat(verify(file))
                    .as("length " + length)
                    .isInstanceOfSatisfying(
                            FlightVerdict.Rejected.class,
                            rejected -> assertThat(rejected.code()).isEqualTo("TRUNCATED"));
        }
    }

    @Test
    void aRecordingThatWasEndedStaysPartial() throws Exception {
        TestAirframe other = TestAirframe.born(line, "KRYL5TEST2", scratch.resolve("airframe"));
        Path file = scratch.resolve("flight.mcap");
        CompletableFuture<FlightRecorder> recorder;
        try (GroundStation station = line.groundStation().start();
                AirframeAgent agent = other.agent().boot()) {
            recorder = station.nextFlight(other.serial, WALL).thenApply(link -> FlightRecorder.record(link, file));
            agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            TestAirframe.fly(agent, 0, 100);
        }
        assertThat(file).doesNotExist();
        assertThat(recorder.get(30, TimeUnit.SECONDS).completed(WALL))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(
                        KrylaException.class, e -> assertThat(e.code()).isEqualTo("STATION_CLOSED"));
        assertThat(((FlightVerdict.Rejected) verify(McapWriter.partialOf(file))).code())
                .isEqualTo("TRUNCATED");
    }

    @Test
    void aDiskThatFailsIsSaidSo() throws Exception {
        TestAirframe other = TestAirframe.born(line, "KRYL5TEST3", scratch.resolve("airframe"));
        Path disk = Files.createDirectory(scratch.resolve("disk"));
        Path file = disk.resolve("flight.mcap");
        try (GroundStation station = line.groundStation().start();
                AirframeAgent agent = other.agent().boot()) {
            CompletableFuture<AirframeLink> next = station.nextFlight(other.serial, WALL);
            CompletableFuture<FlightRecorder> recorder = next.thenApply(link -> FlightRecorder.record(link, file));
            agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            TestAirframe.fly(agent, 0, 50);
            assertThatThrownBy(() -> FlightRecorder.record(next.join(), scratch.resolve("nowhere/flight.mcap")))
                    .isInstanceOfSatisfying(
                            KrylaException.class, e -> assertThat(e.code()).isEqualTo("STORAGE_FAILED"));
            Files.delete(McapWriter.partialOf(file));
            Files.delete(disk);
            TestAirframe.land(agent);
            assertThat(recorder.get(30, TimeUnit.SECONDS).completed(WALL))
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableOfType(ExecutionException.class)
                    .havingCause()
                    .isInstanceOfSatisfying(
                            KrylaException.class, e -> assertThat(e.code()).isEqualTo("STORAGE_FAILED"));
        }
    }

    private static FlightClosed.Builder closed() {
        return FlightClosed.newBuilder()
                .setFlightOrigin(closed.head().origin().text())
                .setFlightSize(closed.head().size())
                .setFlightRoot(ByteString.copyFrom(closed.head().root().bytes()))
                .setFlightMcapSha256(ByteString.copyFrom(recording.sha256().bytes()));
    }

    private static LedgerLeaf closing(FlightClosed.Builder leaf) {
        return LedgerLeaf.newBuilder()
                .setSerial(airframe.serial)
                .setFlightClosed(leaf)
                .build();
    }

    private static String anchoredBy(LeafProof proof) {
        FlightVerdict verdict =
                RecordedFlight.verify(recording.file(), line.rootCertificate(), Optional.of(proof), NOW);
        return ((FlightVerdict.Rejected) verdict).code();
    }

    private static RecordedFlight attested(Path file, List<Sample> samples) {
        FlightVerdict verdict = FlightVerifier.of(line.rootCertificate(), NOW)
                .verify(file, attested -> samples.addAll(attested.record().getSamplesList()));
        assertThat(verdict).isInstanceOf(FlightVerdict.Attested.class);
        return ((FlightVerdict.Attested) verdict).flight();
    }

    private static FlightVerdict verify(Path file) {
        return RecordedFlight.verify(file, line.rootCertificate(), Optional.empty(), NOW);
    }
}
