package io.kryla.hil.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kryla.mcap.Compression;
import io.kryla.mcap.McapOptions;
import io.kryla.mcap.McapSchema;
import io.kryla.mcap.McapWriter;
import io.kryla.v1.TrueState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthTrackTest {
    @TempDir
    Path folder;

    @Test
    void anAbsentFileIsMissing() {
        assertThat(failureOf(folder.resolve("none.mcap")).code()).isEqualTo("TRUTH_MISSING");
    }

    @Test
    void readsWhatARigWrites() throws IOException {
        var track = TruthTrack.read(
                write(List.of(state(0, 0, 1).toByteArray(), state(10, 5, 1).toByteArray())));

        assertThat(track.trajectory().size()).isEqualTo(2);
        assertThat(track.trajectory().northMeters(1)).isEqualTo(5);
    }

    @Test
    void aFlippedBitAnywhereIsInvalid() throws IOException {
        var file = write(List.of(state(0, 0, 1).toByteArray(), state(10, 5, 1).toByteArray()));
        var whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at += 7) {
            var flipped = whole.clone();
            flipped[at] ^= 1;
            Files.write(file, flipped);
            assertThat(failureOf(file).code()).as("byte %d", at).isEqualTo("TRUTH_INVALID");
        }
    }

    @Test
    void whatIsNoTrueStateIsInvalid() throws IOException {
        assertThat(failureOf(write(List.of(new byte[] {(byte) 0xff, 1}))).code())
                .isEqualTo("TRUTH_INVALID");
        assertThat(failureOf(write(List.of())).getMessage()).contains("no sample");
        assertThat(failureOf(write(List.of(state(0, Double.NaN, 1).toByteArray())))
                        .getMessage())
                .contains("not a number");
        assertThat(failureOf(write(List.of(state(0, 0, 0.5).toByteArray()))).getMessage())
                .contains("unit norm");
        assertThat(failureOf(write(List.of(
                                state(10, 0, 1).toByteArray(), state(10, 0, 1).toByteArray())))
                        .getMessage())
                .contains("does not increase");
    }

    private static RecordingException failureOf(Path file) {
        var thrown = catchThrowableOfType(RecordingException.class, () -> TruthTrack.read(file));
        assertThat(thrown).isNotNull();
        return thrown;
    }

    private Path write(List<byte[]> messages) throws IOException {
        var file = folder.resolve("truth.mcap");
        try (var writer = McapWriter.create(file, McapOptions.of(Compression.NONE))) {
            var channel = writer.addChannel(TruthTrack.TOPIC, McapSchema.protobuf(TrueState.getDefaultInstance()));
            long sequence = 0;
            for (var message : messages) {
                writer.write(channel, sequence, sequence, sequence, message);
                sequence++;
            }
            writer.finish();
        }
        return file;
    }

    private static TrueState state(long millis, double north, double w) {
        return TrueState.newBuilder()
                .setFlightTimeNanos(millis * 1_000_000)
                .setPositionNorthMeters(north)
                .setAttitudeW(w)
                .build();
    }
}
