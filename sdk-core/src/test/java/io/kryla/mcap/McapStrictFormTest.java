package io.kryla.mcap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.kryla.mcap.McapReadResult.Code;
import io.kryla.mcap.McapReadResult.CutOff;
import io.kryla.mcap.McapReadResult.Rejected;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Bytes that the format allows and this writer never writes: strictly, nobody vouches for them. */
class McapStrictFormTest {
    private static final McapSchema SCHEMA = McapSchema.of("n", "", new byte[0]);

    @Test
    void aReaderOfAnyWritersFilesPassesOverThemOrReadsThem() throws IOException {
        assertReads(file -> record(file, Opcode.HEADER, r -> r.string("").string("other")), file -> {});
        assertReads(
                McapStrictFormTest::header, file -> record(file, 0x80, r -> r.raw("a private note".getBytes(UTF_8))));
        assertReads(McapStrictFormTest::header, file -> record(file, 0x42, r -> r.u32(7)));
        assertReads(
                file -> record(
                        file, Opcode.HEADER, r -> r.string("").string("kryla").u8(1)),
                file -> {});
        assertReads(McapStrictFormTest::header, McapStrictFormTest::schema, McapStrictFormTest::schema);
        assertReads(
                McapStrictFormTest::header, McapStrictFormTest::schema, file -> channel(file), file -> channel(file));
        assertReads(
                McapStrictFormTest::header,
                file -> record(
                        file,
                        Opcode.METADATA,
                        r -> r.string("m")
                                .u32(20)
                                .string("b")
                                .string("1")
                                .string("a")
                                .string("2")));
        assertReads(McapStrictFormTest::header, file -> channel(file, 0), file -> message(file));
        assertReads(McapStrictFormTest::header, file -> chunk(file, "", new byte[0], new byte[0]));
        assertReads(McapStrictFormTest::header, file -> {
            byte[] inside = records(chunk -> channel(chunk, 0));
            chunk(file, "", inside, inside);
        });
        assertReads(
                McapStrictFormTest::header,
                file -> record(
                        file,
                        Opcode.SCHEMA,
                        r -> r.u16(0).string("ignored").string("").u32(0)));
    }

    @Test
    void aZstandardChunkIsOneFrame() throws IOException {
        byte[] plain = records(file -> message(file));
        byte[] frame = Zstd.compress(plain, 3);
        byte[] skippable = {0x50, 0x2a, 0x4d, 0x18, 5, 0, 0, 0, 'w', 'o', 'r', 'd', 's'};
        byte[] both = new byte[frame.length + skippable.length];
        System.arraycopy(frame, 0, both, 0, frame.length);
        System.arraycopy(skippable, 0, both, frame.length, skippable.length);

        assertThat(read(
                        true,
                        McapStrictFormTest::header,
                        f -> channel(f, 0),
                        f -> chunk(f, "zstd", frame, plain),
                        f -> index(f)))
                .isInstanceOf(CutOff.class);
        assertReads(McapStrictFormTest::header, f -> channel(f, 0), f -> chunk(f, "zstd", both, plain), f -> index(f));
    }

    @Test
    void opcodesThatHaveNoPlaceAreMalformedEverywhere() throws IOException {
        for (int opcode : new int[] {0, Opcode.FOOTER, Opcode.CHUNK_INDEX, Opcode.STATISTICS, Opcode.HEADER}) {
            assertThat(read(false, McapStrictFormTest::header, file -> record(file, opcode, r -> r.u64(0))))
                    .as("opcode " + opcode)
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            rejected -> assertThat(rejected.code()).isEqualTo(Code.MALFORMED));
        }
    }

    @SafeVarargs
    private static void assertReads(Consumer<ByteArrayOutputStream>... parts) throws IOException {
        assertThat(read(false, parts)).isInstanceOf(CutOff.class);
        assertThat(read(true, parts))
                .isInstanceOfSatisfying(
                        Rejected.class, rejected -> assertThat(rejected.code()).isIn(Code.MALFORMED, Code.BAD_INDEX));
    }

    /** The file ends after its parts, so that a reader which takes them all says that it is cut off. */
    @SafeVarargs
    private static McapReadResult read(boolean strict, Consumer<ByteArrayOutputStream>... parts) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(Opcode.magic());
        for (Consumer<ByteArrayOutputStream> part : parts) {
            part.accept(file);
        }
        if (strict) {
            record(file, Opcode.METADATA, r -> r.string("one more").u32(0)); // closes a chunk
        }
        byte[] bytes = file.toByteArray();
        return McapReader.read(
                new ByteArrayInputStream(bytes), bytes.length, McapLimits.STANDARD, new RecordedFile(), strict);
    }

    private static void header(ByteArrayOutputStream file) {
        record(file, Opcode.HEADER, r -> r.string("").string("kryla"));
    }

    private static void schema(ByteArrayOutputStream file) {
        RecordBuffer record = new RecordBuffer(64);
        Summary.appendSchema(record, 1, SCHEMA);
        file.writeBytes(record.toByteArray());
    }

    private static void channel(ByteArrayOutputStream file) {
        channel(file, 1);
    }

    private static void channel(ByteArrayOutputStream file, int schemaId) {
        RecordBuffer record = new RecordBuffer(64);
        Summary.appendChannel(record, new McapChannel(0, schemaId, "/t", "", new java.util.TreeMap<>()));
        file.writeBytes(record.toByteArray());
    }

    private static void message(ByteArrayOutputStream file) {
        record(file, Opcode.MESSAGE, r -> r.u16(0).u32(1).u64(2).u64(3).u8(4));
    }

    private static void chunk(ByteArrayOutputStream file, String compression, byte[] stored, byte[] plain) {
        CRC32 crc = new CRC32();
        crc.update(plain, 0, plain.length);
        int time = compression.isEmpty() ? 0 : 2;
        record(
                file,
                Opcode.CHUNK,
                r -> r.u64(time)
                        .u64(time)
                        .u64(plain.length)
                        .u32(crc.getValue())
                        .string(compression)
                        .u64(stored.length)
                        .raw(stored));
    }

    private static void index(ByteArrayOutputStream file) {
        record(file, Opcode.MESSAGE_INDEX, r -> r.u16(0).u32(16).u64(2).u64(0));
    }

    private static byte[] records(Consumer<ByteArrayOutputStream> content) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        content.accept(records);
        return records.toByteArray();
    }

    private static void record(ByteArrayOutputStream file, int opcode, Consumer<RecordBuffer> content) {
        RecordBuffer record = new RecordBuffer(64);
        content.accept(record.beginRecord(opcode));
        record.endRecord();
        file.writeBytes(record.toByteArray());
    }
}
