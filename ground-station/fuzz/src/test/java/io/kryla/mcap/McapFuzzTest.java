package io.kryla.mcap;

import static io.kryla.fuzz.Executions.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kryla.fuzz.Executions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** Recordings of any writer, and as ours writes them. */
class McapFuzzTest {
    /** Small, so that a limit which does not hold shows in the heap. */
    private static final McapLimits LIMITS = new McapLimits(1 << 16, 1 << 16, 16, 16, 64, 1 << 20);

    private final McapVisitor nobody = new McapVisitor() {};

    static Stream<byte[]> seeds() throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (Compression compression : Compression.values()) {
            Path file = Files.createTempFile("kryla-fuzz", ".mcap");
            Files.delete(file);
            try (McapWriter writer = McapWriter.create(file, McapOptions.of(compression))) {
                McapSchema schema = McapSchema.of("kryla.v1.Test", "protobuf", new byte[] {1, 2, 3});
                McapChannel channel = writer.addChannel("/telemetry", schema);
                for (int i = 0; i < 3; i++) {
                    writer.write(channel, i, 1_000L * i, 1_000L * i, new byte[] {7, 7, 7, 7});
                }
                writer.attach(McapAttachment.of("plan.yaml", "application/yaml", new byte[] {'a'}));
                writer.addMetadata(new McapMetadata("kryla.test", new TreeMap<>(Map.of("a", "b"))));
                writer.finish();
            }
            files.add(Files.readAllBytes(file));
            Files.delete(file);
        }
        return files.stream();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void files(byte[] input) throws IOException {
        Executions.count();
        McapReadResult lenient = McapReader.read(new ByteArrayInputStream(input), input.length, LIMITS, nobody, false);
        McapReadResult strict = McapReader.read(new ByteArrayInputStream(input), input.length, LIMITS, nobody, true);
        require(
                !(strict instanceof McapReadResult.Complete) || lenient instanceof McapReadResult.Complete,
                "what is strictly whole is whole");
        require(
                !(lenient instanceof McapReadResult.Rejected rejected) || rejected.offset() <= input.length,
                "the fault lies within the file");
    }

    @AfterAll
    static void allRan() {
        Executions.requireAll();
    }
}
