package io.kryla.telemetry;

import io.kryla.keys.Digest;
import io.kryla.tlog.CompactRange;
import io.kryla.tlog.FadingTree;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What stands for the leaves [from, to) whose bodies are gone: the roots of the perfect subtrees that cover them, from left
 * to right, each as large as its place allows (protocol.md §6.6). With them a receiver still gets from its own leaves to
 * the root of a later checkpoint; of the leaves themselves it learns nothing.
 */
public record LeafSubtrees(long from, long to, List<Digest> roots) {
    /** So many fit the longest datagram; twice the logarithm of the longest gap that is bridged in one. */
    public static final int MOST_ROOTS = 34;

    public LeafSubtrees {
        roots = List.copyOf(roots);
        if (from < 0 || to <= from || rootsBetween(from, to) != roots.size() || roots.size() > MOST_ROOTS) {
            throw new IllegalArgumentException(roots.size() + " roots do not cover [" + from + ", " + to + ")");
        }
    }

    /** How many roots fit a wire form of so many bytes. */
    public static int mostRootsIn(int bytes) {
        return Math.min(MOST_ROOTS, (bytes - 2 * Long.BYTES) / Digest.LENGTH);
    }

    /**
     * Those of a tree that has at least {@code to} leaves; ends before {@code to} when more would not fit. Empty when the tree has
     * forgotten one that is needed.
     *
     * @param mostRoots of a datagram, see {@link #mostRootsIn}
     */
    public static Optional<LeafSubtrees> of(FadingTree tree, long from, long to, int mostRoots) {
        List<Digest> roots = new ArrayList<>();
        long next = from;
        while (next < to && roots.size() < mostRoots) {
            int level = levelAt(next, to);
            Optional<Digest> root = tree.subtree(level, next >> level);
            if (root.isEmpty()) {
                return Optional.empty();
            }
            roots.add(root.get());
            next += 1L << level;
        }
        return Optional.of(new LeafSubtrees(from, next, roots));
    }

    /**
     * What an airframe sends that has neither bodies nor hashes of the leaves [from, to) any more: the wire form without roots.
     */
    public static byte[] goneWire(long from, long to) {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(from).putLong(to).array();
    }

    /** The first leaf of which the sender has nothing any more; empty when the bytes do not say so. */
    static OptionalLong goneFrom(byte[] wire) {
        if (wire.length != 2 * Long.BYTES) {
            return OptionalLong.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(wire);
        long from = in.getLong();
        return from >= 0 && in.getLong() > from ? OptionalLong.of(from) : OptionalLong.empty();
    }

    /** Empty when the bytes are not exactly the wire form of a possible range. */
    public static Optional<LeafSubtrees> parse(byte[] wire) {
        int hashes = wire.length - 2 * Long.BYTES;
        if (hashes < Digest.LENGTH || hashes % Digest.LENGTH != 0 || hashes / Digest.LENGTH > MOST_ROOTS) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(wire);
        long from = in.getLong();
        long to = in.getLong();
        if (from < 0 || to <= from || rootsBetween(from, to) != hashes / Digest.LENGTH) {
            return Optional.empty();
        }
        List<Digest> roots = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] root = new byte[Digest.LENGTH];
            in.get(root);
            roots.add(Digest.of(root));
        }
        return Optional.of(new LeafSubtrees(from, to, roots));
    }

    /** From and to (8 bytes each, big-endian), then the roots. */
    public byte[] wire() {
        ByteBuffer out = ByteBuffer.allocate(2 * Long.BYTES + roots.size() * Digest.LENGTH)
                .putLong(from)
                .putLong(to);
        roots.forEach(root -> out.put(root.bytes()));
        return out.array();
    }

    /** Appends the leaves to a tree of exactly {@code from} leaves. */
    void appendTo(CompactRange tree) {
        long next = from;
        for (Digest root : roots) {
            int level = levelAt(next, to);
            tree.append(level, root);
            next += 1L << level;
        }
    }

    /** Level of the largest perfect subtree that begins at a leaf and does not reach beyond another. */
    private static int levelAt(long leaf, long to) {
        int fits = Long.SIZE - 1 - Long.numberOfLeadingZeros(to - leaf);
        return leaf == 0 ? fits : Math.min(fits, Long.numberOfTrailingZeros(leaf));
    }

    private static int rootsBetween(long from, long to) {
        int roots = 0;
        for (long next = from; next < to; next += 1L << levelAt(next, to)) {
            roots++;
        }
        return roots;
    }
}
