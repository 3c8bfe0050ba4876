package io.kryla.mcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.mcap.McapReadResult.Code;
import io.kryla.mcap.McapReadResult.Complete;
import io.kryla.mcap.McapReadResult.CutOff;
import io.kryla.mcap.McapReadResult.Rejected;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class McapHostileFileTest {
    @TempDir
    Path folder;

    private Path file;
    private byte[] good;

    @BeforeEach
    void aGoodFile() throws IOException {
        file = folder.resolve("sample.mcap");
        SampleFile.write(file, Compression.ZSTD);
        good = Files.readAllBytes(file);
    }

    @Test
    void noBitOfTheFileChangesUnnoticed() throws IOException {
        for (int bit = 0; bit < good.length * 8; bit += bit < 400 || bit > good.length * 8 - 1_000 ? 1 : 97) {
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(resultOf(flipped)).as("bit " + bit).isNotInstanceOf(Complete.class);
        }
    }

    @Test
    void aCutOffFileIsReadableUpToTheCut() throws IOException {
        RecordedFile whole = RecordedFile.readStrictly(file);
        long before = 0;
        for (int length = 0; length < good.length; length += 211) {
            Files.write(file, Arrays.copyOf(good, length));
            RecordedFile cut = RecordedFile.readStrictly(file);
            assertThat(cut.result).isInstanceOfSatisfying(CutOff.class, end -> {
                assertThat(end.messages()).isEqualTo(cut.messages.size());
                assertThat(end.readableBytes()).isLessThan(good.length);
            });
            assertThat(cut.messages).isEqualTo(whole.messages.subList(0, cut.messages.size()));
            assertThat(cut.messages.size()).isGreaterThanOrEqualTo((int) before);
            before = cut.messages.size();
        }
        assertThat(before).isEqualTo(SampleFile.MESSAGES);
    }

    @Test
    void namesWhatIsWrong() throws IOException {
        assertThat(codeOf("not a recording".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isEqualTo(Code.NOT_MCAP);
        assertThat(codeOf(Arrays.copyOf(good, good.length + 1))).isEqualTo(Code.MALFORMED);
        assertThat(codeOf(with(good, 9, Long.MAX_VALUE))).isEqualTo(Code.OVERSIZE);
        assertThat(codeOf(with(good, 9, -1))).isEqualTo(Code.OVERSIZE);
        byte[] lastByteOfSummary = good.clone();
        lastByteOfSummary[good.length - 13]++;
        assertThat(codeOf(lastByteOfSummary)).isEqualTo(Code.BAD_INDEX);
        byte[] chunk = good.clone();
        chunk[indexOfRecord(Opcode.CHUNK) + Opcode.RECORD_HEADER_BYTES + 24]++;
        assertThat(codeOf(chunk)).isEqualTo(Code.BAD_CRC);
        byte[] compression = good.clone();
        compression[indexOfRecord(Opcode.CHUNK) + Opcode.RECORD_HEADER_BYTES + 32] = 'l';
        assertThat(codeOf(compression)).isEqualTo(Code.UNSUPPORTED_COMPRESSION);
    }

    @Test
    void believesNoStatedSizeOfAChunk() throws IOException {
        int size = indexOfRecord(Opcode.CHUNK) + Opcode.RECORD_HEADER_BYTES + 16;

        assertThat(codeOf(with(good, size, 1L << 40))).isEqualTo(Code.OVERSIZE);
        assertThat(codeOf(with(good, size, 10))).isEqualTo(Code.MALFORMED);
        assertThat(codeOf(with(good, size, 1 << 20))).isEqualTo(Code.MALFORMED);
    }

    @Test
    void aCompressedChunkOfNoBytesIsMalformed() {
        byte[] zstd = "zstd".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        ByteBuffer chunk = ByteBuffer.allocate(4 * Long.BYTES + 2 * Integer.BYTES + zstd.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0)
                .putLong(0)
                .putLong(0) // stated size
                .putInt(0)
                .putInt(zstd.length)
                .put(zstd)
                .putLong(0); // stored size
        assertThatThrownBy(
                        () -> ChunkContent.read(new RecordCursor(chunk.array(), 0, chunk.capacity()), 9, 60, 100, true))
                .isInstanceOfSatisfying(
                        MalformedMcap.class, e -> assertThat(e.code()).isEqualTo(Code.MALFORMED));
    }

    @Test
    void staysWithinItsLimits() throws IOException {
        McapLimits s = McapLimits.STANDARD;
        Files.write(file, good);
        for (McapLimits tight : new McapLimits[] {
            new McapLimits(100, s.chunkBytes(), 9, 9, 99, s.totalBytes()),
            new McapLimits(s.recordBytes(), 1_000, 9, 9, 99, s.totalBytes()),
            new McapLimits(s.recordBytes(), s.chunkBytes(), 1, 9, 99, s.totalBytes()),
            new McapLimits(s.recordBytes(), s.chunkBytes(), 9, 1, 99, s.totalBytes()),
            new McapLimits(s.recordBytes(), s.chunkBytes(), 9, 9, 3, s.totalBytes()),
            new McapLimits(s.recordBytes(), s.chunkBytes(), 9, 9, 99, 5_000)
        }) {
            assertThat(RecordedFile.read(file, tight, true).result)
                    .as(tight.toString())
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            rejected -> assertThat(rejected.code()).isEqualTo(Code.OVERSIZE));
        }
    }

    @Test
    void anyBytesEndInAResult() throws IOException {
        Random random = new Random(11);
        for (int round = 0; round < 500; round++) {
            byte[] mutated = good.clone();
            for (int i = 0; i <= random.nextInt(6); i++) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            assertThat(McapReader.read(
                            new ByteArrayInputStream(mutated),
                            mutated.length,
                            McapLimits.STANDARD,
                            new RecordedFile(),
                            false))
                    .isNotNull();
        }
    }

    private int indexOfRecord(int opcode) {
        ByteBuffer buffer = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
        int at = Opcode.magic().length;
        while (buffer.get(at) != opcode) {
            at += Opcode.RECORD_HEADER_BYTES + (int) buffer.getLong(at + 1);
        }
        return at;
    }

    private static byte[] with(byte[] bytes, int at, long value) {
        byte[] changed = bytes.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
        return changed;
    }

    private McapReadResult resultOf(byte[] bytes) throws IOException {
        return McapReader.readStrictly(
                new ByteArrayInputStream(bytes), bytes.length, McapLimits.STANDARD, new RecordedFile());
    }

    private Code codeOf(byte[] bytes) throws IOException {
        McapReadResult result = resultOf(bytes);
        assertThat(result).isInstanceOf(Rejected.class);
        return ((Rejected) result).code();
    }
}
