package io.kryla.ground.record;

import static io.kryla.fuzz.Executions.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import io.kryla.fuzz.Executions;
import io.kryla.mcap.McapSchema;
import io.kryla.v1.FlightEvidence;
import io.kryla.v1.LeafProof;
import io.kryla.v1.RecordedCheckpoint;
import io.kryla.v1.TelemetryRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** What a flight's recording holds beyond its container: evidence, checkpoints, descriptors; and the proof beside it. */
class RecordingFuzzTest {
    private static final McapSchema KNOWN = McapSchema.protobuf(TelemetryRecord.getDefaultInstance());

    static Stream<byte[]> seeds() {
        return Stream.of(
                FlightEvidence.newBuilder()
                        .setFlightOrigin("kryla.example/flight/KRYL5FUZZ1/1/flight")
                        .addIdevidChain(ByteString.copyFrom(new byte[3]))
                        .build()
                        .toByteArray(),
                RecordedCheckpoint.newBuilder()
                        .setSize(1)
                        .setRoot(ByteString.copyFrom(new byte[32]))
                        .setSignature(ByteString.copyFrom(new byte[64]))
                        .build()
                        .toByteArray(),
                FlightProofFile.encode(LeafProof.newBuilder()
                        .setLeaf(ByteString.copyFrom(new byte[] {1, 2}))
                        .setTlogProof(ByteString.copyFromUtf8("c2sp.org/tlog-proof@v1\nindex 0\n\n"))
                        .build()),
                KNOWN.data(),
                new byte[] {(byte) 0x89, 'M', 'C', 'A', 'P', '0', '\r', '\n', 1});
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void partsOfARecording(byte[] input) throws IOException {
        Executions.count();
        FlightProofFile.decode(input)
                .ifPresent(
                        proof -> require(Arrays.equals(FlightProofFile.encode(proof), input), "one form of a proof"));
        KnownFields.decode(FlightEvidence.parser(), input);
        KnownFields.decode(RecordedCheckpoint.parser(), input).ifPresent(FlightLayout::wire);
        SchemaCheck.agrees(McapSchema.of(KNOWN.name(), KNOWN.encoding(), input), KNOWN);
        FlightVerdict verdict = new FlightVerification(
                        evidence -> new EvidenceResult.Rejected("NO_BIRTH_PROOF", "fuzz", "none"), FlightSink.NONE)
                .verify(new ByteArrayInputStream(input), input.length, Optional.empty());
        require(verdict instanceof FlightVerdict.Rejected, "no evidence, no verdict");
    }

    @AfterAll
    static void allRan() {
        Executions.requireAll();
    }
}
