package io.kryla.tlog;

import io.kryla.keys.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * Hashes side by side in blocks of at most 32 KiB: 32 bytes each, no object per hash, no copying as it grows. It may keep the
 * newest alone; then the oldest make room, and from there on nothing is allocated.
 */
final class HashList {
    private static final int BLOCK_HASHES = 1024;

    private final List<byte[]> blocks = new ArrayList<>();
    private final long capacity;
    private final int blockHashes;
    private long size;

    HashList() {
        this(Long.MAX_VALUE);
    }

    /** @param capacity how many of the newest are kept */
    HashList(long capacity) {
        this.capacity = capacity;
        this.blockHashes = (int) Math.min(BLOCK_HASHES, capacity);
    }

    void add(byte[] hashes, int offset) {
        long slot = size % capacity;
        if (slot / blockHashes == blocks.size()) {
            blocks.add(new byte[blockHashes * Digest.LENGTH]);
        }
        System.arraycopy(hashes, offset, block(slot), offsetOf(slot), Digest.LENGTH);
        size++;
    }

    Digest get(long index) {
        byte[] hash = new byte[Digest.LENGTH];
        copy(index, hash, 0);
        return Digest.of(hash);
    }

    boolean has(long index) {
        return index >= Math.max(0, size - capacity) && index < size;
    }

    void copy(long index, byte[] into, int offset) {
        if (!has(index)) {
            throw new IllegalArgumentException(
                    "index: " + Math.max(0, size - capacity) + " to " + size + " expected, got " + index);
        }
        long slot = index % capacity;
        System.arraycopy(block(slot), offsetOf(slot), into, offset, Digest.LENGTH);
    }

    private byte[] block(long slot) {
        return blocks.get((int) (slot / blockHashes));
    }

    private int offsetOf(long slot) {
        return (int) (slot % blockHashes) * Digest.LENGTH;
    }

    /** Of all that were ever added. */
    long size() {
        return size;
    }

    /** What it occupies. */
    long bytes() {
        return (long) blocks.size() * blockHashes * Digest.LENGTH;
    }
}
