package io.kryla.tlog;

import io.kryla.keys.Digest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * A Merkle tree that only grows and only knows its size and root: O(log n) memory, for those who replay a log.
 *
 * <p>Holds the roots of the perfect subtrees that the binary form of the size names. Confined to one thread.
 */
public final class CompactRange {
    /** Right-most (smallest) subtree first. */
    private final Deque<Digest> subtrees = new ArrayDeque<>();

    private long size;

    /** Appends a leaf by its {@linkplain MerkleHash#leaf hash}. */
    public void append(Digest leafHash) {
        append(0, leafHash);
    }

    /**
     * Appends 2^level leaves by the root of their perfect subtree.
     *
     * @throws IllegalArgumentException unless a subtree of that level may begin here: the size is a multiple of 2^level
     */
    public void append(int level, Digest subtreeRoot) {
        long leaves = 1L << level;
        if (level < 0 || level > 62 || size % leaves != 0) {
            throw new IllegalArgumentException("level: one that may begin at " + size + " expected, got " + level);
        }
        Digest subtree = subtreeRoot;
        for (long bit = leaves; (size & bit) != 0; bit <<= 1) {
            subtree = MerkleHash.node(subtrees.pop(), subtree);
        }
        subtrees.push(subtree);
        size += leaves;
    }

    public long size() {
        return size;
    }

    public Digest root() {
        return fold(subtrees);
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
