package io.kryla.tlog;

import io.kryla.keys.Digest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * An append-only RFC 6962 Merkle tree that gives its root and proofs at every size it ever had.
 *
 * <p>Keeps the hash of every perfect subtree, 64 bytes a leaf; root and proofs cost O(log² n) hashes at most.
 * Confined to one thread.
 */
public final class MerkleTree {
    /** Level k holds the hashes of the perfect subtrees of 2^k leaves, in order. */
    private final List<HashList> levels = new ArrayList<>();

    private final MerkleHasher hasher = new MerkleHasher();
    private final byte[] left = new byte[Digest.LENGTH];
    private final byte[] right = new byte[Digest.LENGTH];

    /** Of no leaves. */
    public MerkleTree() {
        levels.add(new HashList());
    }

    /** SHA-256(0x00 ‖ leaf). */
    public static Digest leafHash(byte[] leaf) {
        return MerkleHash.leaf(leaf);
    }

    /** Appends a leaf by its hash and returns its index. */
    public long append(Digest leafHash) {
        return append(leafHash.bytes(), 0);
    }

    /** Appends a leaf by its hash, which stands at {@code offset}; allocates nothing but the room for the hashes. */
    public long append(byte[] leafHashes, int offset) {
        long index = size();
        System.arraycopy(leafHashes, offset, right, 0, Digest.LENGTH);
        levels.get(0).add(right, 0);
        for (int level = 0; levels.get(level).size() % 2 == 0; level++) {
            HashList hashes = levels.get(level);
            hashes.copy(hashes.size() - 2, left, 0);
            hasher.node(left, 0, right, 0, right, 0);
            if (levels.size() == level + 1) {
                levels.add(new HashList());
            }
            levels.get(level + 1).add(right, 0);
        }
        return index;
    }

    public long size() {
        return levels.get(0).size();
    }

    /** The hash of the leaf, not of its subtree; counted from 0. */
    public Digest leafHash(long index) {
        return levels.get(0).get(index);
    }

    public Digest root() {
        return root(size());
    }

    /** Root of the tree as it was at that size. */
    public Digest root(long size) {
        requireWithin("size", size, size());
        return rootOf(0, size);
    }

    /** Audit path of RFC 6962 §2.1.1, the leaf's sibling first. */
    public List<Digest> inclusionProof(long index, long size) {
        requireWithin("size", size, size());
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("index: 0 to " + (size - 1) + " expected, got " + index);
        }
        List<Digest> proof = new ArrayList<>();
        addPath(index, 0, size, proof);
        return List.copyOf(proof);
    }

    /** Consistency proof of RFC 6962 §2.1.2; empty from size 0 and between equal sizes. */
    public List<Digest> consistencyProof(long from, long to) {
        requireWithin("to", to, size());
        requireWithin("from", from, to);
        List<Digest> proof = new ArrayList<>();
        if (from > 0 && from < to) {
            addSubproof(from, 0, to, true, proof);
        }
        return List.copyOf(proof);
    }

    /** Root of the perfect subtree number {@code index} of 2^level leaves; all of them have to be there. */
    public Digest subtree(int level, long index) {
        return levels.get(level).get(index);
    }

    /** PATH(m, D[n]) over the leaves from {@code start} on, m counted from there. */
    private void addPath(long m, long start, long n, List<Digest> proof) {
        if (n == 1) {
            return;
        }
        long k = Long.highestOneBit(n - 1);
        if (m < k) {
            addPath(m, start, k, proof);
            proof.add(rootOf(start + k, n - k));
        } else {
            addPath(m - k, start + k, n - k, proof);
            proof.add(rootOf(start, k));
        }
    }

    /** SUBPROOF(m, D[n], b). */
    private void addSubproof(long m, long start, long n, boolean known, List<Digest> proof) {
        if (m == n) {
            if (!known) {
                proof.add(rootOf(start, n));
            }
            return;
        }
        long k = Long.highestOneBit(n - 1);
        if (m <= k) {
            addSubproof(m, start, k, known, proof);
            proof.add(rootOf(start + k, n - k));
        } else {
            addSubproof(m - k, start + k, n - k, false, proof);
            proof.add(rootOf(start, k));
        }
    }

    /** MTH(D[start : start + count]); start is a multiple of every power of two below count. */
    private Digest rootOf(long start, long count) {
        Deque<Digest> rightToLeft = new ArrayDeque<>();
        long from = start;
        for (long rest = count; rest > 0; ) {
            long perfect = Long.highestOneBit(rest);
            int level = Long.numberOfTrailingZeros(perfect);
            rightToLeft.push(subtree(level, from >> level));
            from += perfect;
            rest -= perfect;
        }
        return CompactRange.fold(rightToLeft);
    }

    private static void requireWithin(String name, long value, long most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(name + ": 0 to " + most + " expected, got " + value);
        }
    }
}
