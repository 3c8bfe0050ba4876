package io.kryla.telemetry;

import static io.kryla.fuzz.Executions.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.codec.RecordView;
import io.kryla.codec.VehicleSampleView;
import io.kryla.fuzz.Executions;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.FlightMode;
import io.kryla.v1.Sample;
import io.kryla.v1.TelemetryRecord;
import io.kryla.v1.VehicleState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** What a peer's session brings: records, checkpoints, subtrees, and the name of a log. */
class RecordFuzzTest {
    private static final FlightOrigin ORIGIN =
            FlightOrigin.parse("kryla.example/flight/KRYL5FUZZ1/1/flight").orElseThrow();

    private static final VerificationKey LOG_KEY = TestLicensor.ed25519().key();

    private final RecordView view = new RecordView();
    private FlightLogReceiver log = new FlightLogReceiver(ORIGIN, LOG_KEY);
    private int taken;

    static Stream<byte[]> seeds() {
        TelemetryRecord states = TelemetryRecord.newBuilder()
                .setLeafIndex(3)
                .addSamples(state(20_000_000))
                .addSamples(state(40_000_000))
                .build();
        TelemetryRecord joined = TelemetryRecord.newBuilder()
                .setLeafIndex(1)
                .addSamples(Sample.newBuilder()
                        .setFlightTimeNanos(1)
                        .setReceiverJoined(io.kryla.v1.ReceiverJoined.getDefaultInstance()))
                .build();
        return Stream.of(
                states.toByteArray(),
                joined.toByteArray(),
                new byte[FlightCheckpoint.WIRE_BYTES],
                new LeafSubtrees(0, 1, java.util.List.of(io.kryla.keys.Digest.sha256(new byte[1]))).wire(),
                ORIGIN.text().getBytes(StandardCharsets.US_ASCII));
    }

    private static Sample.Builder state(long flightTimeNanos) {
        return Sample.newBuilder()
                .setFlightTimeNanos(flightTimeNanos)
                .setVehicleState(VehicleState.newBuilder()
                        .setMode(FlightMode.FLIGHT_MODE_HOLD)
                        .setPositionDownMeters(-3)
                        .addRotorCommands(0.5f));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void whatASessionBrings(byte[] input) {
        Executions.count();
        agreeWithProtobuf(input);
        if (log.condemned().isPresent() || ++taken % 200 == 0) {
            log = new FlightLogReceiver(ORIGIN, LOG_KEY);
        }
        log.receiveRecord(input);
        log.receiveSubtrees(input);
        log.receiveCheckpoint(input);
        log.missing();
        FlightOrigin.parse(new String(input, StandardCharsets.ISO_8859_1))
                .ifPresent(origin ->
                        require(FlightOrigin.parse(origin.text()).equals(java.util.Optional.of(origin)), "one name"));
    }

    /** What the view takes, protobuf takes, and both read the same. */
    private void agreeWithProtobuf(byte[] input) {
        if (!view.wrap(input, 0, input.length)) {
            return;
        }
        try {
            TelemetryRecord parsed = TelemetryRecord.parseFrom(input);
            require(parsed.getLeafIndex() == view.leafIndex(), "leaf index");
            require(parsed.getSamplesCount() == view.samples(), "number of samples");
            for (int i = 0; i < view.samples(); i++) {
                Sample sample = parsed.getSamples(i);
                VehicleSampleView read = view.sample(i);
                require(sample.getFlightTimeNanos() == view.flightTimeNanos(i), "flight time");
                require(
                        Float.floatToRawIntBits(sample.getVehicleState().getPositionDownMeters())
                                == Float.floatToRawIntBits(read.positionDownMeters()),
                        "position");
            }
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("the view took " + Arrays.toString(input), e);
        }
    }

    @AfterAll
    static void allRan() {
        Executions.requireAll();
    }
}
