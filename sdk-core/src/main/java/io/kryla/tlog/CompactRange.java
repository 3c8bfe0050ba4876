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
        Digest subtree = leafHash;
        for (long bit = 1; (size & bit) != 0; bit <<= 1) {
            subtree = MerkleHash.node(subtrees.pop(), subtree);
        }
        subtrees.push(subtree);
        size++;
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
