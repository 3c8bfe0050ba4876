package io.kryla.airframe;

import io.kryla.keys.Digest;
import io.kryla.session.SealedSender;
import io.kryla.telemetry.LeafSubtrees;
import io.kryla.tlog.FadingTree;
import io.kryla.tlog.MerkleHasher;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * The newest record bodies, for first sending and for {@code RecordRequest}. The flight thread adds, link threads read. The
 * oldest make room and leave their hashes, so that a receiver that comes late or stayed away can still verify the rest; of those
 * the newest are kept one by one, 65,536 as a rule, older ones as roots of subtrees that large. Memory does not grow with the
 * flight.
 */
final class SentRecords {
    private static final int LEAF_PREFIX_BYTES = 1;
    /** Events that wait; a receiver that is further behind takes them in their turn. */
    private static final int MOST_URGENT = 256;

    private final RecordRing bodies;
    private final FadingTree gone;
    private final MerkleHasher hasher = new MerkleHasher();
    private final TreeSet<Long> urgent = new TreeSet<>();
    private final byte[] leafHash = new byte[Digest.LENGTH];
    /** A leaf behind its prefix. */
    private byte[] leaf = new byte[LEAF_PREFIX_BYTES + SealedSender.MAX_BODY_BYTES];

    SentRecords(LogMemory memory) {
        this(memory.records(), memory.bodyBytes(), memory.hashesLevel());
    }

    SentRecords(int capacity, int mostBodyBytes, int hashesLevel) {
        bodies = new RecordRing(capacity, mostBodyBytes);
        gone = new FadingTree(hashesLevel);
    }

    /** A record that goes ahead of others that still wait for room on their way: an event, not a periodic sample. */
    synchronized void addUrgent(byte[] record, int offset, int length) {
        if (urgent.size() == MOST_URGENT) {
            urgent.pollFirst();
        }
        urgent.add(bodies.size());
        add(record, offset, length);
    }

    /** The first urgent record from there on. */
    synchronized OptionalLong nextUrgent(long from) {
        Long next = urgent.ceiling(from);
        return next == null ? OptionalLong.empty() : OptionalLong.of(next);
    }

    synchronized void add(byte[] record, int offset, int length) {
        while (!bodies.hasRoomFor(length)) {
            forgetOldest();
        }
        bodies.add(record, offset, length);
    }

    private void forgetOldest() {
        int prefixed = LEAF_PREFIX_BYTES + bodies.length(bodies.oldest());
        if (prefixed > leaf.length) {
            leaf = new byte[prefixed];
        }
        bodies.copy(bodies.oldest(), leaf, LEAF_PREFIX_BYTES);
        hasher.prefixedLeaf(leaf, 0, prefixed, leafHash, 0);
        gone.append(leafHash, 0);
        bodies.removeOldest();
    }

    /** Index of the next leaf. */
    synchronized long size() {
        return bodies.size();
    }

    /** Index of the oldest body still here. */
    synchronized long oldest() {
        return bodies.oldest();
    }

    /**
     * Copies a body, since it may make room at any time.
     *
     * @return its length, or -1 when it made room for newer ones or is not written yet
     */
    synchronized int copy(long leafIndex, byte[] into, int offset) {
        return bodies.has(leafIndex) ? bodies.copy(leafIndex, into, offset) : -1;
    }

    /** As {@link #copy}, into an array of its own. */
    synchronized Optional<byte[]> get(long leafIndex) {
        if (!bodies.has(leafIndex)) {
            return Optional.empty();
        }
        byte[] record = new byte[bodies.length(leafIndex)];
        bodies.copy(leafIndex, record, 0);
        return Optional.of(record);
    }

    /**
     * The body of a SUBTREES datagram for the leaves from {@code from} on whose bodies are gone, up to {@code to}: their hashes, or
     * that those are gone too. Empty when the body of {@code from} is here.
     *
     * @param mostRoots in one datagram
     */
    synchronized Optional<byte[]> subtrees(long from, long to, int mostRoots) {
        long end = Math.min(bodies.oldest(), to);
        return from < 0 || from >= end
                ? Optional.empty()
                : Optional.of(LeafSubtrees.of(gone, from, end, mostRoots)
                        .map(LeafSubtrees::wire)
                        .orElseGet(() -> LeafSubtrees.goneWire(from, end)));
    }

    /** What bodies and hashes occupy. */
    synchronized long bytes() {
        return bodies.bytes() + gone.bytes();
    }
}
