package io.kryla.tlog;

import io.kryla.keys.Digest;
import java.io.ByteArrayOutputStream;

/** A hash tile: hash number i is that of the perfect subtree number {@code index · 256 + i} of 256^level leaves. */
record TileId(int level, long index, int width) {
    long firstHash() {
        return index * TilePaths.FULL_WIDTH;
    }

    /** The tile's content. */
    byte[] of(MerkleTree tree) {
        ByteArrayOutputStream hashes = new ByteArrayOutputStream(width * Digest.LENGTH);
        for (int i = 0; i < width; i++) {
            hashes.writeBytes(tree.subtree(8 * level, firstHash() + i).bytes());
        }
        return hashes.toByteArray();
    }
}
