package io.kryla.tlog;

import io.kryla.keys.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An append-only RFC 6962 Merkle tree that forgets in part: of its newest leaves it keeps every hash, of older ones the roots of
 * large perfect subtrees, so that what it has still leads from 0, from any newer leaf and from any multiple of a large subtree
 * to any newer size.
 *
 * <p>Occupies at most 64 bytes for each of the newest leaves, and for the rest two hashes for each large subtree. Allocates
 * nothing in the long run but those. Confined to one thread.
 */
public final class FadingTree {
    private final List<HashList> levels = new ArrayList<>();
    private final int wholeLevels;
    private final MerkleHasher hasher = new MerkleHasher();
    private final byte[] left = new byte[Digest.LENGTH];
    private final byte[] right = new byte[Digest.LENGTH];

    /** @param newestLevel binary logarithm of how many of the newest leaves keep every hash, and of a large subtree's leaves */
    public FadingTree(int newestLevel) {
        if (newestLevel < 1 || newestLevel > 30) {
            throw new IllegalArgumentException("newestLevel: 1 to 30 expected, got " + newestLevel);
        }
        this.wholeLevels = newestLevel;
        levels.add(listOf(0));
    }

    private HashList listOf(int level) {
        return level < wholeLevels ? new HashList(1L << (wholeLevels - level)) : new HashList();
    }

    /** Appends a leaf by its hash, which stands at {@code offset}. */
    public void append(byte[] leafHashes, int offset) {
        System.arraycopy(leafHashes, offset, right, 0, Digest.LENGTH);
        levels.get(0).add(right, 0);
        for (int level = 0; levels.get(level).size() % 2 == 0; level++) {
            HashList hashes = levels.get(level);
            hashes.copy(hashes.size() - 2, left, 0);
            hasher.node(left, 0, right, 0, right, 0);
            if (levels.size() == level + 1) {
                levels.add(listOf(level + 1));
            }
            levels.get(level + 1).add(right, 0);
        }
    }

    /** How many leaves were appended. */
    public long size() {
        return levels.get(0).size();
    }

    /** Root of the perfect subtree number {@code index} of 2^level leaves; empty when it is forgotten or not yet there. */
    public Optional<Digest> subtree(int level, long index) {
        boolean here = level < levels.size() && levels.get(level).has(index);
        return here ? Optional.of(levels.get(level).get(index)) : Optional.empty();
    }

    /** What the hashes occupy. */
    public long bytes() {
        return levels.stream().mapToLong(HashList::bytes).sum();
    }
}
