package io.kryla.ground.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.kryla.keys.Digest;
import io.kryla.mcap.McapAttachment;
import io.kryla.mcap.McapChannel;
import io.kryla.mcap.McapLimits;
import io.kryla.mcap.McapMessage;
import io.kryla.mcap.McapMetadata;
import io.kryla.mcap.McapReadResult;
import io.kryla.mcap.McapReader;
import io.kryla.mcap.McapSchema;
import io.kryla.mcap.McapVisitor;
import io.kryla.v1.RecordedCheckpoint;
import io.kryla.v1.TelemetryRecord;
import io.kryla.v1.VehicleState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held against the public library, npm {@code @mcap/core}: it reads what we record, and we read what it writes. */
class ForeignMcapIT {
    private static NodeScripts scripts;

    @TempDir
    static Path folder;

    private static Path recording;

    @BeforeAll
    static void record() throws Exception {
        scripts = NodeScripts.install();
        recording = new WrittenFlight(folder).write(folder.resolve("flight.mcap"), 1_000, 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"indexed", "streamed"})
    void thePublicReaderFindsEveryValueOfARecording(String how) throws Exception {
        List<String> foreign = scripts.run("read.mjs", how, recording);
        Said ours = Said.of(recording);
        assertThat(foreign).containsAll(ours.once).hasSize(ours.once.size() + ours.messages.size());
        assertThat(foreign.stream().filter(line -> !ours.once.contains(line)))
                .hasSize(ours.messages.size())
                .containsExactlyElementsOf(ours.messages);
        assertThat(ours.messages).hasSizeGreaterThan(20_000);
    }

    @Test
    void thePublicReaderSeesAFlippedBitOfAChunk() throws Exception {
        byte[] bytes = Files.readAllBytes(recording);
        // In the middle of the file there are chunks alone.
        bytes[bytes.length / 2] ^= 1;
        Path flipped = Files.write(folder.resolve("flipped.mcap"), bytes);
        assertThat(scripts.tryRun("read.mjs", "streamed", flipped).status()).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "lz4", "zstd"})
    void weReadWhatThePublicWriterWrites(String compression) throws Exception {
        Path schema = Files.write(
                folder.resolve("schema.binpb"),
                McapSchema.protobuf(VehicleState.getDefaultInstance()).data());
        Path file = folder.resolve(compression + ".mcap");
        scripts.run("write.mjs", file, compression, schema);

        List<VehicleState> states = new ArrayList<>();
        List<String> beside = new ArrayList<>();
        McapReadResult result = McapReader.read(file, McapLimits.STANDARD, new McapVisitor() {
            @Override
            public void onMetadata(McapMetadata metadata) {
                beside.add(metadata.name() + metadata.entries());
            }

            @Override
            public void onAttachment(McapAttachment attachment) {
                beside.add(attachment.name() + " " + new String(attachment.data(), UTF_8));
            }

            @Override
            public void onMessage(McapChannel channel, McapMessage message) {
                assertThat(channel.topic()).isEqualTo("/state");
                assertThat(message.logTimeNanos()).isEqualTo(states.size() * 10_000_000L);
                states.add(parsed(VehicleState.parser(), message));
            }
        });
        assertThat(result).isInstanceOfSatisfying(McapReadResult.Complete.class, complete -> {
            assertThat(complete.messages()).isEqualTo(500);
            assertThat(complete.chunks()).isGreaterThan(1);
        });
        assertThat(beside).containsExactlyInAnyOrder("origin{writer=@mcap/core}", "note.txt written elsewhere");
        for (int i = 0; i < states.size(); i++) {
            assertThat(states.get(i).getPositionDownMeters()).isEqualTo(-i / 2f);
            assertThat(states.get(i).getLatitudeRadians()).isEqualTo(i / 1000.0);
            assertThat(states.get(i).getRotorCommandsList()).containsExactly((float) (i / 500.0), 0.25f);
        }
    }

    private static <T> T parsed(Parser<T> parser, McapMessage message) {
        try {
            return parser.parseFrom(message.data());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("a message that is none", e);
        }
    }

    /** What the script should print, from our own reader and parser. */
    private static final class Said implements McapVisitor {
        private final List<String> once = new ArrayList<>();
        private final List<String> messages = new ArrayList<>();

        static Said of(Path file) throws IOException {
            Said said = new Said();
            McapReadResult.Complete complete =
                    (McapReadResult.Complete) McapReader.readStrictly(file, McapLimits.STANDARD, said);
            said.once.add("statistics " + complete.messages() + " " + complete.chunks() + " " + complete.chunks());
            return said;
        }

        @Override
        public void onMetadata(McapMetadata metadata) {
            StringBuilder entries = new StringBuilder();
            metadata.entries().forEach((key, value) -> entries.append(' ').append(key + "=" + value));
            once.add("metadata " + metadata.name() + entries);
        }

        @Override
        public void onAttachment(McapAttachment attachment) {
            once.add(
                    "attachment " + attachment.name() + " " + attachment.mediaType() + " " + sha256(attachment.data()));
        }

        @Override
        public void onMessage(McapChannel channel, McapMessage message) {
            messages.add(Stream.of(
                            "message",
                            channel.topic(),
                            message.sequence(),
                            message.logTimeNanos(),
                            message.publishTimeNanos(),
                            sha256(message.data()))
                    .map(Object::toString)
                    .collect(Collectors.joining(" ")));
            messages.addAll(ValueLines.of(
                    channel.topic().equals("/telemetry")
                            ? parsed(TelemetryRecord.parser(), message)
                            : parsed(RecordedCheckpoint.parser(), message)));
        }

        private static String sha256(byte[] bytes) {
            return HexFormat.of().formatHex(Digest.sha256(bytes).bytes());
        }
    }
}
