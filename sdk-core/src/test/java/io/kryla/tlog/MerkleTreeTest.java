package io.kryla.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.keys.Digest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every tree up to a size at which all shapes have been seen, against the definitions of RFC 6962 §2.1. */
class MerkleTreeTest {
    private static final int LARGEST = 36;

    private final List<Digest> leaves = new ArrayList<>();
    private final MerkleTree tree = new MerkleTree();

    MerkleTreeTest() {
        for (int i = 0; i < LARGEST; i++) {
            leaves.add(leaf(i));
            assertThat(tree.append(leaf(i))).isEqualTo(i);
        }
    }

    @Test
    void hasTheRootOfTheDefinitionAtEverySize() {
        for (int size = 0; size <= LARGEST; size++) {
            assertThat(tree.root(size)).isEqualTo(definedRoot(leaves.subList(0, size)));
        }
    }

    @Test
    void provesEveryLeafOfEverySizeAndNoOther() {
        for (int size = 1; size <= LARGEST; size++) {
            Digest root = tree.root(size);
            for (int index = 0; index < size; index++) {
                List<Digest> proof = tree.inclusionProof(index, size);
                assertThat(MerkleProofs.verifyInclusion(leaf(index), index, size, proof, root))
                        .isTrue();
                for (int other = 0; other < LARGEST; other++) {
                    assertThat(MerkleProofs.verifyInclusion(leaf(index), other, size, proof, root))
                            .isEqualTo(other == index);
                    assertThat(MerkleProofs.verifyInclusion(leaf(other), index, size, proof, root))
                            .isEqualTo(other == index);
                }
            }
        }
    }

    @Test
    void provesThatEverySizeIsTheBeginningOfEveryLargerOne() {
        for (int to = 0; to <= LARGEST; to++) {
            for (int from = 0; from <= to; from++) {
                List<Digest> proof = tree.consistencyProof(from, to);
                assertThat(verify(from, to, proof)).isTrue();
                for (int changed = 0; changed < proof.size(); changed++) {
                    List<Digest> spoiled = new ArrayList<>(proof);
                    spoiled.set(changed, leaf(99));
                    assertThat(verify(from, to, spoiled)).isFalse();
                    spoiled.remove(changed);
                    assertThat(verify(from, to, spoiled)).isFalse();
                }
                List<Digest> longer = new ArrayList<>(proof);
                longer.add(leaf(99));
                assertThat(verify(from, to, longer)).isFalse();
            }
        }
    }

    @Test
    void refusesToProveAForkedBeginning() {
        MerkleTree fork = new MerkleTree();
        for (int i = 0; i < LARGEST; i++) {
            fork.append(leaf(i == 4 ? 99 : i));
        }
        for (int from = 5; from < LARGEST; from++) {
            List<Digest> proof = tree.consistencyProof(from, LARGEST);
            assertThat(MerkleProofs.verifyConsistency(from, fork.root(from), LARGEST, tree.root(), proof))
                    .isFalse();
        }
    }

    @Test
    void growsInFewBytesALeafBeyondOneBlock() {
        MerkleTree large = new MerkleTree();
        CompactRange range = new CompactRange();
        for (int i = 0; i < 5_000; i++) {
            large.append(leaf(i));
            range.append(leaf(i));
        }
        assertThat(large.root()).isEqualTo(range.root());
        assertThat(range.size()).isEqualTo(5_000);
        for (int index : new int[] {0, 1023, 1024, 4095, 4096, 4999}) {
            assertThat(MerkleProofs.verifyInclusion(
                            leaf(index), index, 5_000, large.inclusionProof(index, 5_000), large.root()))
                    .isTrue();
        }
    }

    @Test
    void namesTheArgumentOfACallersMistake() {
        assertThatThrownBy(() -> tree.root(LARGEST + 1)).hasMessageContaining("size");
        assertThatThrownBy(() -> tree.inclusionProof(3, 3)).hasMessageContaining("index");
        assertThatThrownBy(() -> tree.inclusionProof(-1, 3)).hasMessageContaining("index");
        assertThatThrownBy(() -> tree.consistencyProof(4, 3)).hasMessageContaining("from");
    }

    private boolean verify(int from, int to, List<Digest> proof) {
        return MerkleProofs.verifyConsistency(from, tree.root(from), to, tree.root(to), proof);
    }

    /** MTH of RFC 6962 §2.1, word for word. */
    private static Digest definedRoot(List<Digest> leafHashes) {
        int n = leafHashes.size();
        if (n == 0) {
            return MerkleHash.EMPTY_ROOT;
        }
        if (n == 1) {
            return leafHashes.get(0);
        }
        int k = Integer.highestOneBit(n - 1);
        return MerkleHash.node(definedRoot(leafHashes.subList(0, k)), definedRoot(leafHashes.subList(k, n)));
    }

    private static Digest leaf(int number) {
        return MerkleHash.leaf(ByteBuffer.allocate(4).putInt(number).array());
    }
}
