package io.kryla.mcap;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.mcap.McapOptions.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class McapFileProperties {
    private static final McapSchema SCHEMA = McapSchema.of("bytes", "", new byte[0]);

    @Property(tries = 100, seed = "17")
    void everyMessageComesBackAsItWasWritten(
            @ForAll("messages") @Size(max = 60) List<McapMessage> messages,
            @ForAll Compression compression,
            @ForAll @IntRange(min = 1, max = 2_000) int chunkBytes)
            throws IOException {
        Path file = Files.createTempFile("property", ".mcap");
        try {
            try (McapWriter writer = McapWriter.create(
                    file,
                    new McapOptions("", compression, chunkBytes, Duration.ofMillis(1), Durability.WHEN_FINISHED))) {
                McapChannel channel = writer.addChannel("/bytes", SCHEMA);
                for (McapMessage message : messages) {
                    writer.write(
                            channel,
                            message.sequence(),
                            message.logTimeNanos(),
                            message.publishTimeNanos(),
                            message.data());
                }
                writer.finish();
            }
            RecordedFile read = RecordedFile.readStrictly(file);
            assertThat(read.result).isInstanceOf(McapReadResult.Complete.class);
            assertThat(read.messages).isEqualTo(messages);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Provide
    Arbitrary<List<McapMessage>> messages() {
        Arbitrary<McapMessage> message = Combinators.combine(
                        Arbitraries.longs().between(0, 0xffff_ffffL),
                        Arbitraries.longs().greaterOrEqual(0),
                        Arbitraries.longs(),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(300))
                .as(McapMessage::new);
        return message.list().ofMaxSize(60).map(ArrayList::new);
    }
}
