package io.kryla.tlog;

import io.kryla.keys.Digest;
import java.util.Arrays;
import java.util.Iterator;

/**
 * A Merkle tree that only grows and only knows its size and root: O(log n) memory, for those who write or replay a log.
 *
 * <p>Holds the roots of the perfect subtrees that the binary form of the size names. Appending a hash from an array
 * allocates nothing. Confined to one thread.
 */
public final class CompactRange {
    private static final int MOST_LEVEL = 62;

    private final MerkleHasher hasher = new MerkleHasher();
    /** Left-most (largest) subtree first. */
    private final byte[] subtrees = new byte[(MOST_LEVEL + 2) * Digest.LENGTH];

    private int depth;
    private long size;

    /** Appends a leaf by its {@linkplain MerkleHash#leaf hash}. */
    public void append(Digest leafHash) {
        append(0, leafHash);
    }

    /** Appends a leaf by its hash, which stands at {@code offset}. */
    public void append(byte[] leafHashes, int offset) {
        append(0, leafHashes, offset);
    }

    /** Hashes and appends a leaf that stands behind its prefix; see {@link MerkleHasher#prefixedLeaf}. */
    public void appendPrefixedLeaf(byte[] prefixed, int offset, int length) {
        hasher.prefixedLeaf(prefixed, offset, length, subtrees, depth * Digest.LENGTH);
        merge(0);
    }

    /** Hashes and appends a leaf. */
    public void appendLeaf(byte[] leaf, int offset, int length) {
        hasher.leaf(leaf, offset, length, subtrees, depth * Digest.LENGTH);
        merge(0);
    }

    /**
     * Appends 2^level leaves by the root of their perfect subtree.
     *
     * @throws IllegalArgumentException unless a subtree of that level may begin here: the size is a multiple of 2^level
     */
    public void append(int level, Digest subtreeRoot) {
        append(level, subtreeRoot.bytes(), 0);
    }

    private void append(int level, byte[] roots, int offset) {
        if (level < 0 || level > MOST_LEVEL || size % (1L << level) != 0) {
            throw new IllegalArgumentException("level: one that may begin at " + size + " expected, got " + level);
        }
        System.arraycopy(roots, offset, subtrees, depth * Digest.LENGTH, Digest.LENGTH);
        merge(level);
    }

    /** Takes the hash on top of the subtrees as one of that level. */
    private void merge(int level) {
        long leaves = 1L << level;
        int top = depth * Digest.LENGTH;
        for (long bit = leaves; (size & bit) != 0; bit <<= 1) {
            int left = top - Digest.LENGTH;
            hasher.node(subtrees, left, subtrees, top, subtrees, left);
            top = left;
        }
        depth = top / Digest.LENGTH + 1;
        size += leaves;
    }

    public long size() {
        return size;
    }

    /** RFC 6962 §2.1. */
    public Digest root() {
        if (depth == 0) {
            return MerkleHash.EMPTY_ROOT;
        }
        int top = (depth - 1) * Digest.LENGTH;
        byte[] root = Arrays.copyOfRange(subtrees, top, top + Digest.LENGTH);
        for (int left = top - Digest.LENGTH; left >= 0; left -= Digest.LENGTH) {
            hasher.node(subtrees, left, root, 0, root, 0);
        }
        return Digest.of(root);
    }

    /** Root over perfect subtrees, the right-most first (RFC 6962 §2.1). */
    static Digest fold(Iterable<Digest> rightToLeft) {
        Iterator<Digest> each = rightToLeft.iterator();
        if (!each.hasNext()) {
            return MerkleHash.EMPTY_ROOT;
        }
        Digest root = each.next();
        while (each.hasNext()) {
            root = MerkleHash.node(each.next(), root);
        }
        return root;
    }
}
