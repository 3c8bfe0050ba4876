package io.kryla.tlog;

import io.kryla.keys.Digest;

/** The hashes of an RFC 6962 Merkle tree (§2.1): leaves and nodes are told apart by their first byte. */
public final class MerkleHash {
    private static final byte[] LEAF_PREFIX = {0};
    private static final byte[] NODE_PREFIX = {1};

    /** Root of a tree without leaves: SHA-256 of nothing. */
    public static final Digest EMPTY_ROOT = Digest.sha256();

    private MerkleHash() {}

    /** SHA-256(0x00 ‖ leaf). */
    public static Digest leaf(byte[] leaf) {
        return Digest.sha256(LEAF_PREFIX, leaf);
    }

    /** SHA-256(0x01 ‖ left ‖ right). */
    public static Digest node(Digest left, Digest right) {
        return Digest.sha256(NODE_PREFIX, left.bytes(), right.bytes());
    }
}
