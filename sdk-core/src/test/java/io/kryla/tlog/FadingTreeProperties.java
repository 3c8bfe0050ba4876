package io.kryla.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FadingTreeProperties {
    @Property(tries = 100)
    void hasTheNewestAndTheLargeSubtreesOfAWholeTreeAndNoOthers(
            @ForAll @IntRange(min = 0, max = 600) int leaves, @ForAll @IntRange(min = 1, max = 8) int newestLevel) {
        MerkleTree whole = new MerkleTree();
        FadingTree fading = new FadingTree(newestLevel);
        for (int i = 0; i < leaves; i++) {
            byte[] hash =
                    MerkleHash.leaf(new byte[] {(byte) i, (byte) (i >> 8)}).bytes();
            whole.append(hash, 0);
            fading.append(hash, 0);
        }
        assertThat(fading.size()).isEqualTo(leaves);
        for (int level = 0; level <= 10; level++) {
            long complete = leaves >> level;
            for (long index = 0; index <= complete; index++) {
                long kept = level < newestLevel ? 1L << (newestLevel - level) : Long.MAX_VALUE;
                if (index < complete && index >= complete - kept) {
                    assertThat(fading.subtree(level, index)).contains(whole.subtree(level, index));
                } else {
                    assertThat(fading.subtree(level, index)).isEmpty();
                }
            }
        }
    }

    @Example
    void doesNotGrowWithTheLeaves() {
        FadingTree tree = new FadingTree(10);
        byte[] hash = new byte[32];
        for (int i = 0; i < 10_000; i++) {
            tree.append(hash, 0);
        }
        long early = tree.bytes();
        for (int i = 0; i < 300_000; i++) {
            tree.append(hash, 0);
        }
        // One block for each level of large subtrees that is new; none of them is full.
        assertThat(tree.bytes() - early).isLessThanOrEqualTo(5 * 32_768);
        assertThat(early).isLessThan(64 * 1_024 + 5 * 32_768);
    }

    @Example
    void refusesALevelThatKeepsNothing() {
        assertThatThrownBy(() -> new FadingTree(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("newestLevel");
    }
}
