package io.kryla.mcap;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kryla.mcap.McapOptions.Durability;
import io.kryla.v1.TelemetryRecord;
import io.kryla.v1.TrueState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.TreeMap;

/** A recording with two topics, several chunks, an attachment and metadata. */
final class SampleFile {
    static final int MESSAGES = 200;

    static void write(Path file, Compression compression) throws IOException {
        try (McapWriter writer = McapWriter.create(
                file, new McapOptions("", compression, 2_000, Duration.ofMillis(300), Durability.WHEN_FINISHED))) {
            fill(writer);
            writer.finish();
        }
    }

    static void fill(McapWriter writer) throws IOException {
        McapChannel telemetry =
                writer.addChannel("/telemetry", McapSchema.protobuf(TelemetryRecord.getDefaultInstance()));
        McapChannel truth = writer.addChannel("truth", McapSchema.protobuf(TrueState.getDefaultInstance()));
        writer.attach(McapAttachment.of("plan.yaml", "application/yaml", "name: hover\n".getBytes(UTF_8)));
        Random random = new Random(7);
        for (int i = 0; i < MESSAGES; i++) {
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            byte[] data = TrueState.newBuilder()
                    .setFlightTimeNanos(i * 10_000_000L)
                    .setPositionDownMeters(-i)
                    .build()
                    .toByteArray();
            writer.write(i % 3 == 0 ? truth : telemetry, i, i * 10_000_000L, i * 10_000_000L + noise.length, data);
        }
        writer.addMetadata(new McapMetadata("kryla.test", new TreeMap<>(java.util.Map.of("b", "2", "a", "ä"))));
    }

    private SampleFile() {}
}
