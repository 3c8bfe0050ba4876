package io.kryla.airframe;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.telemetry.LeafSubtrees;
import io.kryla.tlog.MerkleHash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SentRecordsProperties {
    private static final int BLOCK = 1 << 16;

    @Property(tries = 30)
    void hasTheNewestBodiesAndNothingElse(
            @ForAll @IntRange(min = 1, max = 200) int capacity,
            @ForAll @IntRange(min = 1, max = 2) int blocks,
            @ForAll long seed) {
        SentRecords records = new SentRecords(capacity, blocks * BLOCK, 4);
        List<byte[]> all = new ArrayList<>();
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            byte[] record = new byte[1 + random.nextInt(1_100)];
            random.nextBytes(record);
            records.add(record, 0, record.length);
            all.add(record);
        }
        assertThat(records.size()).isEqualTo(all.size());
        assertThat(records.size() - records.oldest()).isLessThanOrEqualTo(capacity);
        long bodyBytes = all.subList((int) records.oldest(), all.size()).stream()
                .mapToLong(body -> body.length)
                .sum();
        assertThat(bodyBytes).isLessThanOrEqualTo((long) blocks * BLOCK);
        if (records.size() - records.oldest() < capacity && records.oldest() > 0) {
            long lastGone = all.get((int) records.oldest() - 1).length;
            assertThat(bodyBytes + lastGone).isGreaterThan((long) blocks * BLOCK - 1_101);
        }
        byte[] buffer = new byte[1_200];
        for (int i = 0; i < all.size(); i++) {
            if (i < records.oldest()) {
                assertThat(records.get(i)).isEmpty();
                assertThat(records.copy(i, buffer, 0)).isNegative();
            } else {
                assertThat(records.get(i)).contains(all.get(i));
                assertThat(records.copy(i, buffer, 3)).isEqualTo(all.get(i).length);
                assertThat(buffer[3]).isEqualTo(all.get(i)[0]);
            }
        }
        assertThat(records.get(all.size())).isEmpty();
    }

    @Example
    void bodiesThatMadeRoomLeaveTheirHashesAndThoseOfOldOnesLargeSubtrees() {
        SentRecords records = new SentRecords(10, BLOCK, 4);
        for (int i = 0; i < 15; i++) {
            records.add(new byte[] {99, (byte) i}, 1, 1);
        }
        assertThat(records.oldest()).isEqualTo(5);
        assertThat(subtrees(records, 2, 100).from()).isEqualTo(2);
        assertThat(subtrees(records, 2, 100).to()).isEqualTo(5);
        assertThat(subtrees(records, 2, 100).roots().get(1)).isEqualTo(MerkleHash.leaf(new byte[] {4}));
        assertThat(records.subtrees(5, 100, 34)).isEmpty();
        assertThat(records.subtrees(-1, 100, 34)).isEmpty();

        for (int i = 15; i < 100; i++) {
            records.add(new byte[] {99, (byte) i}, 1, 1);
        }
        assertThat(subtrees(records, 0, 100).to()).isEqualTo(90);
        assertThat(subtrees(records, 32, 90).to()).isEqualTo(90);
        ByteBuffer gone = ByteBuffer.wrap(records.subtrees(33, 1_000, 34).orElseThrow());
        assertThat(gone.remaining()).isEqualTo(16);
        assertThat(gone.getLong()).isEqualTo(33);
        assertThat(gone.getLong()).isEqualTo(90);
    }

    private static LeafSubtrees subtrees(SentRecords records, long from, long to) {
        return LeafSubtrees.parse(records.subtrees(from, to, 34).orElseThrow()).orElseThrow();
    }

    /** At a hundred samples a second in batches of seven, half a day. */
    @Example
    void memoryDoesNotGrowWithTheFlight() {
        SentRecords records = new SentRecords(LogMemory.STANDARD);
        byte[] record = new byte[1_120];
        fill(records, record, 100_000);
        long early = records.bytes();
        fill(records, record, 500_000);
        // Blocks for the levels above 65,536 leaves.
        assertThat(records.bytes() - early).isLessThanOrEqualTo(4 * 32_768);
        assertThat(records.bytes()).isLessThan((8 << 20) + (4 << 20) + 8 * 32_768);
    }

    private static void fill(SentRecords records, byte[] record, int times) {
        for (int i = 0; i < times; i++) {
            record[0] = (byte) i;
            records.add(record, 0, record.length);
        }
    }
}
