package io.kryla.tlog;

import io.kryla.keys.Digest;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hashes of {@link MerkleHash} on one reused {@link MessageDigest}, from array to array: allocates nothing. Not
 * thread-safe.
 */
public final class MerkleHasher {
    private static final byte LEAF_PREFIX = 0;
    private static final byte NODE_PREFIX = 1;

    private final MessageDigest sha256;
    private final byte[] node = new byte[1 + 2 * Digest.LENGTH];

    /** Confined to one thread: its digest is used again and again. */
    public MerkleHasher() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        node[0] = NODE_PREFIX;
    }

    /** Writes SHA-256(0x00 ‖ leaf). */
    public void leaf(byte[] leaf, int offset, int length, byte[] out, int outOffset) {
        sha256.update(LEAF_PREFIX);
        sha256.update(leaf, offset, length);
        finish(out, outOffset);
    }

    /**
     * Writes SHA-256 of a leaf that stands behind its prefix already, which spares SHA-256 from moving every block.
     *
     * @param prefixed holds 0 at {@code offset} and the leaf behind it
     * @param length of the leaf and its prefix
     */
    public void prefixedLeaf(byte[] prefixed, int offset, int length, byte[] out, int outOffset) {
        if (prefixed[offset] != LEAF_PREFIX) {
            throw new IllegalArgumentException("prefixed: 0 expected at " + offset + ", got " + prefixed[offset]);
        }
        sha256.update(prefixed, offset, length);
        finish(out, outOffset);
    }

    /** Writes SHA-256(0x01 ‖ left ‖ right) over {@code right}, or anywhere else. */
    void node(byte[] left, int leftOffset, byte[] right, int rightOffset, byte[] out, int outOffset) {
        System.arraycopy(left, leftOffset, node, 1, Digest.LENGTH);
        System.arraycopy(right, rightOffset, node, 1 + Digest.LENGTH, Digest.LENGTH);
        sha256.update(node, 0, node.length);
        finish(out, outOffset);
    }

    private void finish(byte[] out, int outOffset) {
        try {
            sha256.digest(out, outOffset, Digest.LENGTH);
        } catch (DigestException e) {
            throw new IllegalArgumentException("out: room for a hash at " + outOffset + " is needed", e);
        }
    }
}
