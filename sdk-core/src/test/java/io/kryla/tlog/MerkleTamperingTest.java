package io.kryla.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.keys.Digest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every inclusion and consistency proof in trees of up to 512 leaves, and every lie that changes one hash of one. */
class MerkleTamperingTest {
    private static final int LARGEST = 512;
    private static final Digest FOREIGN = leaf(-1);

    private final MerkleTree tree = new MerkleTree();
    private final List<Digest> roots = new ArrayList<>();
    private int accepted;
    private int refused;

    MerkleTamperingTest() {
        roots.add(MerkleHash.EMPTY_ROOT);
        for (int i = 0; i < LARGEST; i++) {
            tree.append(leaf(i));
            roots.add(tree.root());
        }
    }

    @Test
    void everyLeafOfEveryTreeIsProvenAndNoOtherIs() {
        for (int size = 1; size <= LARGEST; size++) {
            for (int index = 0; index < size; index++) {
                List<Digest> proof = new ArrayList<>(tree.inclusionProof(index, size));
                accept(included(leaf(index), index, size, proof, roots.get(size)));
                refuse(included(FOREIGN, index, size, proof, roots.get(size)));
                refuse(included(leaf(index), index, size, proof, roots.get(size - 1)));
                refuse(included(leaf(index), index ^ 1, size, proof, roots.get(size)) && size > 1);
                for (int i = 0; i < proof.size(); i++) {
                    Digest honest = proof.set(i, FOREIGN);
                    refuse(included(leaf(index), index, size, proof, roots.get(size)));
                    proof.set(i, honest);
                }
            }
        }
        assertThat(accepted).isEqualTo(LARGEST * (LARGEST + 1) / 2);
        assertThat(refused).isGreaterThan(8 * accepted);
    }

    @Test
    void everyTreeExtendsEverySmallerOneAndNoForkOfIt() {
        for (int to = 1; to <= LARGEST; to++) {
            for (int from = 1; from < to; from++) {
                List<Digest> proof = new ArrayList<>(tree.consistencyProof(from, to));
                accept(extended(from, roots.get(from), to, roots.get(to), proof));
                // A fork, a rewrite and a truncation are each another root at one of the two sizes.
                refuse(extended(from, FOREIGN, to, roots.get(to), proof));
                refuse(extended(from, roots.get(from), to, FOREIGN, proof));
                refuse(extended(from, roots.get(from - 1), to, roots.get(to), proof));
                refuse(extended(from, roots.get(from), to, roots.get(to - 1), proof));
                refuse(extended(to, roots.get(to), from, roots.get(from), proof));
                for (int i = 0; i < proof.size(); i++) {
                    Digest honest = proof.set(i, FOREIGN);
                    refuse(extended(from, roots.get(from), to, roots.get(to), proof));
                    proof.set(i, honest);
                }
            }
        }
        assertThat(accepted).isEqualTo(LARGEST * (LARGEST - 1) / 2);
        assertThat(refused).isGreaterThan(8 * accepted);
    }

    private static boolean included(Digest leafHash, int index, int size, List<Digest> proof, Digest root) {
        return MerkleProofs.verifyInclusion(leafHash, index, size, proof, root);
    }

    private static boolean extended(int from, Digest fromRoot, int to, Digest toRoot, List<Digest> proof) {
        return MerkleProofs.verifyConsistency(from, fromRoot, to, toRoot, proof);
    }

    /** Cheaper than an assertion each: there are millions. */
    private void accept(boolean held) {
        if (!held) {
            throw new AssertionError("an honest proof was refused, after " + accepted + " others");
        }
        accepted++;
    }

    private void refuse(boolean held) {
        if (held) {
            throw new AssertionError("a lie was believed, after " + refused + " refused");
        }
        refused++;
    }

    private static Digest leaf(int number) {
        return MerkleHash.leaf(ByteBuffer.allocate(4).putInt(number).array());
    }
}
