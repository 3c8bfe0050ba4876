package io.kryla.airframe;

import io.kryla.telemetry.LeafSubtrees;
import io.kryla.tlog.MerkleHash;
import io.kryla.tlog.MerkleTree;
import java.util.Optional;

/**
 * The newest record bodies, for first sending and for {@code RecordRequest}. The flight thread adds, the link thread reads.
 * The oldest make room and leave their hashes, 64 bytes each, so that a receiver that comes late or stayed away can still
 * verify the rest.
 */
final class SentRecords {
    /** At twenty records a second about a quarter of an hour, at most 19 MB. */
    static final int CAPACITY = 16_384;

    private final byte[][] ring = new byte[CAPACITY][];
    private final MerkleTree gone = new MerkleTree();
    private long size;

    synchronized void add(byte[] recordBytes) {
        int slot = (int) (size % CAPACITY);
        if (size >= CAPACITY) {
            gone.append(MerkleHash.leaf(ring[slot]));
        }
        ring[slot] = recordBytes;
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

    /** Empty when the body made room for newer ones or is not written yet. Never written to. */
    synchronized Optional<byte[]> get(long leafIndex) {
        return leafIndex < gone.size() || leafIndex >= size
                ? Optional.empty()
                : Optional.of(ring[(int) (leafIndex % CAPACITY)]);
    }

    /** What stands for the leaves from {@code from} on whose bodies are gone, up to {@code to}; empty when it is here. */
    synchronized Optional<LeafSubtrees> subtrees(long from, long to) {
        return from < 0 || from >= Math.min(gone.size(), to)
                ? Optional.empty()
                : Optional.of(LeafSubtrees.of(gone, from, Math.min(gone.size(), to)));
    }
}
