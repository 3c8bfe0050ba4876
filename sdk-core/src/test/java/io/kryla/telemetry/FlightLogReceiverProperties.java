package io.kryla.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

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
        arrivals.forEach(Runnable::run);

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
        MerkleTree tree = new MerkleTree();
        io.kryla.tlog.CompactRange range = new io.kryla.tlog.CompactRange();
        for (int i = 0; i < from + length; i++) {
            tree.append(MerkleHash.leaf(new byte[] {(byte) i, (byte) (i >> 8)}));
            if (i < from) {
                range.append(MerkleHash.leaf(new byte[] {(byte) i, (byte) (i >> 8)}));
            }
        }
        LeafSubtrees subtrees = LeafSubtrees.of(tree, from, from + length);
        assertThat(LeafSubtrees.parse(subtrees.wire())).contains(subtrees);
        subtrees.appendTo(range);
        assertThat(range.root()).isEqualTo(tree.root());
    }

    private static void collect(List<Claimed> claims, LogProgress progress) {
        if (progress instanceof LogProgress.Accepted accepted) {
            claims.addAll(accepted.claims());
        }
    }
}
