package io.kryla.mcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import io.kryla.v1.Hello;
import io.kryla.v1.LeafProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class McapFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Compression.class)
    void readsBackWhatWasWritten(Compression compression) throws IOException {
        Path file = folder.resolve("sample.mcap");
        SampleFile.write(file, compression);

        RecordedFile read = RecordedFile.readStrictly(file);

        assertThat(read.result).isInstanceOfSatisfying(McapReadResult.Complete.class, complete -> {
            assertThat(complete.messages()).isEqualTo(SampleFile.MESSAGES);
            assertThat(complete.chunks()).isGreaterThan(4);
            assertThat(complete.attachments()).isOne();
            assertThat(complete.metadataRecords()).isOne();
        });
        assertThat(read.library).isEqualTo("kryla");
        assertThat(read.channels).extracting(McapChannel::topic).containsExactly("/telemetry", "truth");
        assertThat(read.schemas)
                .extracting(McapSchema::name)
                .containsExactly("kryla.v1.TelemetryRecord", "kryla.v1.TrueState");
        assertThat(read.topics).startsWith("truth", "/telemetry", "/telemetry", "truth");
        assertThat(read.messages).extracting(McapMessage::sequence).isSorted().startsWith(0L, 1L, 2L);
        assertThat(read.metadata.get(0).entries()).containsEntry("a", "ä").containsEntry("b", "2");
        assertThat(RecordedFile.read(file).messages).isEqualTo(read.messages);
    }

    @Test
    void givesTheSameBytesForTheSameCalls() throws IOException {
        SampleFile.write(folder.resolve("one.mcap"), Compression.ZSTD);
        SampleFile.write(folder.resolve("other.mcap"), Compression.ZSTD);

        assertThat(folder.resolve("one.mcap")).hasSameBinaryContentAs(folder.resolve("other.mcap"));
    }

    @Test
    void aSchemaCarriesTheFilesItImportsAheadOfItself() throws IOException {
        McapSchema schema = McapSchema.protobuf(Hello.getDefaultInstance());

        assertThat(FileDescriptorSet.parseFrom(schema.data()).getFileList())
                .extracting(FileDescriptorProto::getName)
                .containsSubsequence("kryla/v1/dsse.proto", "kryla/v1/session.proto")
                .doesNotHaveDuplicates();
        assertThat(McapSchema.protobuf(LeafProof.getDefaultInstance()).name()).isEqualTo("kryla.v1.LeafProof");
    }

    @Test
    void theFileAppearsOnlyWhenItIsWhole() throws IOException {
        Path file = folder.resolve("sample.mcap");
        try (McapWriter writer = McapWriter.create(file, McapOptions.of(Compression.ZSTD))) {
            SampleFile.fill(writer);
            assertThat(file).doesNotExist();
            writer.finish();
        }
        assertThat(file).exists();
        assertThat(McapWriter.partialOf(file)).doesNotExist();
    }

    @Test
    void whatWasNotFinishedStaysReadableBesideOrIsDiscarded() throws IOException {
        Path file = folder.resolve("sample.mcap");
        try (McapWriter writer = McapWriter.create(file, McapOptions.of(Compression.ZSTD))) {
            SampleFile.fill(writer);
        }
        assertThat(file).doesNotExist();
        assertThat(RecordedFile.read(McapWriter.partialOf(file)).result)
                .isEqualTo(new McapReadResult.CutOff(Files.size(McapWriter.partialOf(file)), SampleFile.MESSAGES));

        McapWriter discarded = McapWriter.create(file, McapOptions.of(Compression.NONE));
        discarded.discard();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesTheChannelOfAnotherFile() throws IOException {
        try (McapWriter one = McapWriter.create(folder.resolve("one.mcap"), McapOptions.of(Compression.NONE));
                McapWriter other = McapWriter.create(folder.resolve("other.mcap"), McapOptions.of(Compression.NONE))) {
            McapChannel channel = one.addChannel("/hello", McapSchema.protobuf(Hello.getDefaultInstance()));
            assertThatThrownBy(() -> other.write(channel, 0, 0, 0, new byte[0]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("/hello");
        }
    }
}
