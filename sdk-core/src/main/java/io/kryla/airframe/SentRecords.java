package io.kryla.airframe;

import io.kryla.keys.Digest;
import io.kryla.telemetry.LeafSubtrees;
import io.kryla.tlog.MerkleHasher;
import io.kryla.tlog.MerkleTree;
import java.util.Arrays;
import java.util.Optional;

/**
 * The newest record bodies, for first sending and for {@code RecordRequest}. The flight thread adds, the link thread reads.
 * Slots are filled again, so that in the long run nothing is allocated but the hashes of what made room.
 * The oldest make room and leave their hashes, 64 bytes each, so that a receiver that comes late or stayed away can still
 * verify the rest.
 */
final class SentRecords {
    /** At twenty records a second about a quarter of an hour, at most 19 MB. */
    static final int CAPACITY = 16_384;

    /** Slots grow in steps of this, so that a later record nearly always fits the slot of an earlier one. */
    private static final int SLOT_STEP_BYTES = 64;

    private final byte[][] ring = new byte[CAPACITY][];
    private final int[] lengths = new int[CAPACITY];
    private final MerkleTree gone = new MerkleTree();
    private final MerkleHasher hasher = new MerkleHasher();
    private final byte[] leafHash = new byte[Digest.LENGTH];
    private long size;

    synchronized void add(byte[] record, int offset, int length) {
        int slot = (int) (size % CAPACITY);
        if (size >= CAPACITY) {
            hasher.leaf(ring[slot], 0, lengths[slot], leafHash, 0);
            gone.append(leafHash, 0);
        }
        if (ring[slot] == null || ring[slot].length < length) {
            ring[slot] = new byte[(length + SLOT_STEP_BYTES - 1) / SLOT_STEP_BYTES * SLOT_STEP_BYTES];
        }
        System.arraycopy(record, offset, ring[slot], 0, length);
        lengths[slot] = length;
        size++;
    }

    /** Index of the next leaf. */
    synchronized long size() {
        return size;
    }

    /** Index of the oldest body still here. */
    synchronized long oldest() {
        return gone.size();
    }

    /**
     * Copies a body, since its slot may be filled anew at any time.
     *
     * @return its length, or -1 when it made room for newer ones or is not written yet
     */
    synchronized int copy(long leafIndex, byte[] into, int offset) {
        if (leafIndex < gone.size() || leafIndex >= size) {
            return -1;
        }
        int slot = (int) (leafIndex % CAPACITY);
        System.arraycopy(ring[slot], 0, into, offset, lengths[slot]);
        return lengths[slot];
    }

    /** As {@link #copy}, into an array of its own. */
    synchronized Optional<byte[]> get(long leafIndex) {
        if (leafIndex < gone.size() || leafIndex >= size) {
            return Optional.empty();
        }
        int slot = (int) (leafIndex % CAPACITY);
        return Optional.of(Arrays.copyOf(ring[slot], lengths[slot]));
    }

    /** What stands for the leaves from {@code from} on whose bodies are gone, up to {@code to}; empty when it is here. */
    synchronized Optional<LeafSubtrees> subtrees(long from, long to) {
        return from < 0 || from >= Math.min(gone.size(), to)
                ? Optional.empty()
                : Optional.of(LeafSubtrees.of(gone, from, Math.min(gone.size(), to)));
    }
}
