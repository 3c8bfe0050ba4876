package io.kryla.airframe;

import java.util.Optional;

/**
 * The newest record bodies, for first sending and for {@code RecordRequest}. The flight thread adds, the link thread reads;
 * the oldest make room.
 */
final class SentRecords {
    /** At twenty records a second about a quarter of an hour, at most 19 MB. */
    static final int CAPACITY = 16_384;

    private final byte[][] ring = new byte[CAPACITY][];
    private long size;

    synchronized void add(byte[] recordBytes) {
        ring[(int) (size % CAPACITY)] = recordBytes;
        size++;
    }

    /** Index of the next leaf. */
    synchronized long size() {
        return size;
    }

    /** Index of the oldest body still here. */
    synchronized long oldest() {
        return Math.max(0, size - CAPACITY);
    }

    /** Empty when the body made room for newer ones or is not written yet. Never written to. */
    synchronized Optional<byte[]> get(long leafIndex) {
        return leafIndex < Math.max(0, size - CAPACITY) || leafIndex >= size
                ? Optional.empty()
                : Optional.of(ring[(int) (leafIndex % CAPACITY)]);
    }
}
