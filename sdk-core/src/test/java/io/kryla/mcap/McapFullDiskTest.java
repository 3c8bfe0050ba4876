package io.kryla.mcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.mcap.McapOptions.Durability;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes a given number of bytes and no more, at every size that matters. */
class McapFullDiskTest {
    private static final McapOptions OPTIONS =
            new McapOptions("", Compression.ZSTD, 2_000, Duration.ofMillis(300), Durability.EVERY_CHUNK);

    @TempDir
    Path folder;

    @Test
    void whereverTheDiskIsFullTheFileIsReadableToItsLastWholeRecord() throws IOException {
        Path whole = folder.resolve("whole.mcap");
        SampleFile.write(whole, Compression.ZSTD);
        RecordedFile all = RecordedFile.readStrictly(whole);
        long size = Files.size(whole);
        Path target = folder.resolve("flight.mcap");
        for (long room = 100; room < size; room += 37) {
            FileChannel file = FileChannel.open(
                    McapWriter.partialOf(target),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            McapWriter writer = McapWriter.create(target, OPTIONS, new SmallDisk(file, room));
            assertThatThrownBy(() -> {
                        SampleFile.fill(writer);
                        writer.finish();
                    })
                    .as("room for " + room + " bytes")
                    .isInstanceOf(IOException.class)
                    .hasMessage(SmallDisk.FULL);
            assertThatThrownBy(writer::flush).isInstanceOf(IOException.class);
            writer.close();

            assertThat(target).doesNotExist();
            Path partial = McapWriter.partialOf(target);
            assertThat(Files.size(partial)).isEqualTo(writer.wholeBytes()).isLessThanOrEqualTo(room);
            RecordedFile read = RecordedFile.readStrictly(partial);
            assertThat(read.result)
                    .as("room for " + room + " bytes")
                    .isEqualTo(new McapReadResult.CutOff(writer.wholeBytes(), read.messages.size()));
            assertThat(read.messages).isEqualTo(all.messages.subList(0, read.messages.size()));
        }
    }

    @Test
    void withoutRoomForTheHeaderNothingIsLeftBehind() throws IOException {
        Path target = folder.resolve("flight.mcap");
        FileChannel file = FileChannel.open(
                McapWriter.partialOf(target),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        assertThatThrownBy(() -> McapWriter.create(target, OPTIONS, new SmallDisk(file, 10)))
                .hasMessage(SmallDisk.FULL);
        assertThat(folder).isEmptyDirectory();
    }
}
