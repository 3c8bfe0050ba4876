package io.kryla.tlog;

import io.kryla.keys.Digest;
import java.util.ArrayList;
import java.util.List;

/** Hashes side by side in blocks of 32 KiB: 32 bytes each, no object per hash, no copying as it grows. */
final class HashList {
    private static final int BLOCK_HASHES = 1024;

    private final List<byte[]> blocks = new ArrayList<>();
    private long size;

    void add(byte[] hashes, int offset) {
        int slot = (int) (size % BLOCK_HASHES);
        if (slot == 0) {
            blocks.add(new byte[BLOCK_HASHES * Digest.LENGTH]);
        }
        System.arraycopy(hashes, offset, blocks.get(blocks.size() - 1), slot * Digest.LENGTH, Digest.LENGTH);
        size++;
    }

    Digest get(long index) {
        byte[] hash = new byte[Digest.LENGTH];
        copy(index, hash, 0);
        return Digest.of(hash);
    }

    void copy(long index, byte[] into, int offset) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("index: 0 to " + size + " expected, got " + index);
        }
        byte[] block = blocks.get((int) (index / BLOCK_HASHES));
        int from = (int) (index % BLOCK_HASHES) * Digest.LENGTH;
        System.arraycopy(block, from, into, offset, Digest.LENGTH);
    }

    long size() {
        return size;
    }
}
