package io.kryla.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.tlog.CompactRange;
import io.kryla.tlog.FadingTree;
import io.kryla.tlog.MerkleHash;
import io.kryla.tlog.MerkleTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FlightLogReceiverProperties {
    @Property(tries = 50)
    void inWhateverOrderAllArrivesAllIsAttestedInOrderAndOnce(
            @ForAll @IntRange(min = 1, max = 60) int leaves, @ForAll long seed) {
        TestLog log = new TestLog();
        List<byte[]> checkpoints = new ArrayList<>();
        log.append(TestLog.opened(TestLog.ORIGIN));
        for (int i = 1; i < leaves; i++) {
            log.append(i % 3 == 0 ? TestLog.event(i, "") : TestLog.state(i));
            if (i % 7 == 0) {
                checkpoints.add(log.checkpoint());
            }
        }
        checkpoints.add(log.checkpoint());
        List<Runnable> arrivals = new ArrayList<>();
        List<Claimed> claims = new ArrayList<>();
        FlightLogReceiver receiver = log.receiver();
        for (int twice = 0; twice < 2; twice++) {
            log.records.forEach(record -> arrivals.add(() -> collect(claims, receiver.receiveRecord(record))));
            checkpoints.forEach(wire -> arrivals.add(() -> collect(claims, receiver.receiveCheckpoint(wire))));
        }
        Collections.shuffle(arrivals, new Random(seed));
        for (Runnable arrival : arrivals) {
            arrival.run();
            assertThat(receiver.misses()).isEqualTo(!receiver.missing().isEmpty());
        }

        List<Long> attested = claims.stream()
                .filter(AttestedRecord.class::isInstance)
                .map(Claimed::leafIndex)
                .collect(Collectors.toList());
        assertThat(attested).isEqualTo(LongStream.range(0, leaves).boxed().collect(Collectors.toList()));
        assertThat(claims.stream().filter(AuthenticRecord.class::isInstance)).hasSize(leaves);
        assertThat(receiver.missing()).isEmpty();
        claims.forEach(claim -> assertThat(claim.recordBytes())
                .isEqualTo(log.records.get((int) claim.leafIndex()))
                .isEqualTo(claim.record().toByteArray()));
    }

    @Property(tries = 300)
    void hostileBytesAreRejectedAndNeverThrow(@ForAll @Size(max = 160) byte[] hostile) {
        TestLog log = TestLog.of(1);
        FlightLogReceiver receiver = log.receiver();
        assertThat(receiver.receiveCheckpoint(hostile)).isInstanceOf(LogProgress.Rejected.class);
        receiver.receiveRecord(hostile);
        receiver.receiveSubtrees(hostile);
        assertThat(receiver.head()).isEmpty();
    }

    @Property(tries = 200)
    void subtreesOfAnyRangeComeBackAndLeadToTheRoot(
            @ForAll @IntRange(min = 0, max = 300) int from, @ForAll @IntRange(min = 1, max = 300) int length) {
        FadingTree tree = new FadingTree(12);
        CompactRange range = new CompactRange();
        for (int i = 0; i < from + length; i++) {
            tree.append(leafHash(i), 0);
            if (i < from) {
                range.append(leafHash(i), 0);
            }
        }
        LeafSubtrees subtrees = LeafSubtrees.of(tree, from, from + length, LeafSubtrees.MOST_ROOTS)
                .orElseThrow();
        assertThat(LeafSubtrees.parse(subtrees.wire())).contains(subtrees);
        subtrees.appendTo(range);
        assertThat(range.root()).isEqualTo(fullTree(from + length).root());
    }

    /** What a late receiver may have: nothing, one of the newest leaves, or a multiple of the large subtrees. */
    @Property(tries = 200)
    void whatAFadingTreeStillHasLeadsToTheRootOfTheWholeOne(
            @ForAll @IntRange(min = 1, max = 700) int leaves,
            @ForAll @IntRange(min = 1, max = 6) int level,
            @ForAll @IntRange(max = 1000) int choice,
            @ForAll boolean large,
            @ForAll @IntRange(min = 1, max = LeafSubtrees.MOST_ROOTS) int mostRoots) {
        FadingTree fading = new FadingTree(level);
        for (int i = 0; i < leaves; i++) {
            fading.append(leafHash(i), 0);
        }
        int newest = 1 << level;
        int from = large
                ? choice % (leaves / newest + 1) * newest
                : Math.max(0, leaves - newest) + choice % Math.min(leaves, newest);
        if (from < leaves) {
            CompactRange range = new CompactRange();
            for (int i = 0; i < from; i++) {
                range.append(leafHash(i), 0);
            }
            while (range.size() < leaves) {
                LeafSubtrees.of(fading, range.size(), leaves, mostRoots)
                        .orElseThrow()
                        .appendTo(range);
            }
            assertThat(range.root()).isEqualTo(fullTree(leaves).root());
        }
    }

    private static MerkleTree fullTree(int leaves) {
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < leaves; i++) {
            tree.append(leafHash(i), 0);
        }
        return tree;
    }

    private static byte[] leafHash(int leaf) {
        return MerkleHash.leaf(new byte[] {(byte) leaf, (byte) (leaf >> 8)}).bytes();
    }

    private static void collect(List<Claimed> claims, LogProgress progress) {
        if (progress instanceof LogProgress.Accepted accepted) {
            claims.addAll(accepted.claims());
        }
    }
}
