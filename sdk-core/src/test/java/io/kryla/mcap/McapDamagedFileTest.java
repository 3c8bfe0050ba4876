package io.kryla.mcap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.kryla.mcap.McapOptions.Durability;
import io.kryla.mcap.McapReadResult.Complete;
import io.kryla.mcap.McapReadResult.CutOff;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of a file: reading ends in a value, in bounded memory, and gives a prefix of what was written. */
class McapDamagedFileTest {
    private static final int MESSAGES = 60;
    /** One chunk at the reader's limit, and more than everything else. */
    private static final long MOST_ALLOCATED = (1 << 20) + (256 << 10);

    @TempDir
    Path folder;

    private byte[] good;
    private RecordedFile whole;

    @BeforeEach
    void aGoodFile() throws IOException {
        Path file = folder.resolve("sample.mcap");
        McapOptions options =
                new McapOptions("", Compression.ZSTD, 500, Duration.ofSeconds(1), Durability.WHEN_FINISHED);
        try (McapWriter writer = McapWriter.create(file, options)) {
            McapChannel channel = writer.addChannel("/t", McapSchema.of("bytes", "none", new byte[] {1, 2, 3}));
            writer.attach(McapAttachment.of("plan.yaml", "application/yaml", "name: hover".getBytes(US_ASCII)));
            for (int i = 0; i < MESSAGES; i++) {
                writer.write(channel, i, i, i, new byte[] {(byte) i, (byte) (i * i), (byte) (i * 7)});
            }
            writer.addMetadata(new McapMetadata("m", new TreeMap<>(Map.of("a", "1"))));
            writer.finish();
        }
        good = Files.readAllBytes(file);
        whole = RecordedFile.readStrictly(file);
        assertThat(whole.result).isEqualTo(new Complete(MESSAGES, 1, 1, 4));
    }

    @Test
    void cutOffAtAnyByteItIsReadableToTheLastWholeChunk() throws IOException {
        int before = 0;
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            RecordedFile read = aPrefix(cut, true, "cut at " + length);
            assertThat(read.result)
                    .isInstanceOfSatisfying(
                            CutOff.class, end -> assertThat(end.readableBytes()).isLessThanOrEqualTo(cut.length));
            assertThat(read.messages.size()).as("cut at " + length).isGreaterThanOrEqualTo(before);
            before = read.messages.size();
            assertThat(aPrefix(cut, false, "cut at " + length).messages).hasSize(before);
        }
        assertThat(before).isEqualTo(MESSAGES);
    }

    @Test
    void withAnyBitFlippedItIsNotWholeAndGivesAPrefix() throws IOException {
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(aPrefix(flipped, true, "bit " + bit).result).isNotInstanceOf(Complete.class);
        }
    }

    @Test
    void withSeveralBytesChangedItGivesAPrefix() throws IOException {
        Random random = new Random(23);
        for (int round = 0; round < 3_000 * Integer.getInteger("kryla.test.tries.factor", 1); round++) {
            byte[] damaged = good.clone();
            for (int i = 0; i <= random.nextInt(5); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            aPrefix(damaged, true, "round " + round + " of seed 23");
        }
    }

    @Test
    void lengthsThatLieAllocateNothing() throws IOException {
        for (int at = 0; at + Long.BYTES <= good.length; at++) {
            for (long length : new long[] {-1, Long.MAX_VALUE, 1L << 40, (1 << 20) - 1}) {
                byte[] lying = good.clone();
                for (int i = 0; i < Long.BYTES; i++) {
                    lying[at + i] = (byte) (length >>> 8 * i);
                }
                aPrefix(lying, true, length + " at byte " + at);
            }
        }
    }

    private RecordedFile aPrefix(byte[] bytes, boolean strict, String how) throws IOException {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        McapLimits limits = new McapLimits(64 << 20, 1 << 20, 8, 8, 1_000, 1 << 26);
        RecordedFile read = new RecordedFile();
        long before = thread.getCurrentThreadAllocatedBytes();
        read.result = McapReader.read(new ByteArrayInputStream(bytes), bytes.length, limits, read, strict);
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;
        if (allocated > MOST_ALLOCATED
                || read.messages.size() > whole.messages.size()
                || !read.messages.equals(whole.messages.subList(0, read.messages.size()))) {
            throw new AssertionError(how + ": " + read.result + ", " + read.messages.size() + " messages that are no"
                    + " prefix, or " + allocated + " bytes allocated");
        }
        return read;
    }
}
