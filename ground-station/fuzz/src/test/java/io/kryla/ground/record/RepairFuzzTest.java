package io.kryla.ground.record;

import static io.kryla.fuzz.Executions.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kryla.fuzz.Executions;
import io.kryla.v1.TelemetryRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** Recordings that were cut off, damaged or made up: what a repair writes can be read again, and needs no second repair. */
class RepairFuzzTest {
    private static final Path FOLDER = folder();
    private static final Path DAMAGED = FOLDER.resolve("flight.mcap.partial");
    private static final Path REPAIRED = FOLDER.resolve("flight.mcap");
    private static final Path AGAIN = FOLDER.resolve("again.mcap");

    private static Path folder() {
        try {
            return Files.createTempDirectory("kryla-fuzz");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A recording of the published vectors, and what is left of it after two accidents. */
    static Stream<byte[]> seeds() throws IOException {
        try (InputStream vectors = TelemetryRecord.class.getResourceAsStream("/vectors/kryla-session-1.json")) {
            byte[] whole = Base64.getDecoder()
                    .decode(new ObjectMapper()
                            .readTree(vectors)
                            .at("/recording")
                            .asText());
            return Stream.of(whole, Arrays.copyOf(whole, whole.length - 9), Arrays.copyOf(whole, whole.length * 2 / 3));
        }
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void damagedRecordings(byte[] input) throws IOException {
        Executions.count();
        Files.write(DAMAGED, input);
        Files.deleteIfExists(REPAIRED);
        RepairResult result = FlightRepair.repair(DAMAGED, REPAIRED);
        require(
                result instanceof RepairResult.Repaired == Files.exists(REPAIRED),
                "a file when there was something to repair, and none otherwise");
        if (result instanceof RepairResult.Repaired repaired) {
            RepairResult again = FlightRepair.repair(REPAIRED, AGAIN);
            require(
                    again instanceof RepairResult.Undamaged undamaged && undamaged.leaves() == repaired.leaves(),
                    "what was repaired is whole: " + again);
        }
    }

    @AfterAll
    static void allRan() throws IOException {
        for (Path file : new Path[] {DAMAGED, REPAIRED, AGAIN, FOLDER}) {
            Files.deleteIfExists(file);
        }
        Executions.requireAll();
    }
}
