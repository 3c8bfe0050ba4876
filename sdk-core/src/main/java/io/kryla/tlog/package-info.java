/**
 * Transparency logs: the RFC 6962 Merkle tree and its proofs, and the C2SP formats around it (signed-note,
 * tlog-checkpoint, tlog-cosignature v1, tlog-proof, tlog-tiles). May import {@code io.kryla.keys}. Every parser is
 * bounded and answers hostile bytes with an empty result, never an exception. Start reading at {@code MerkleTree},
 * then {@code SignedCheckpoint}.
 */
@NullMarked
package io.kryla.tlog;

import org.jspecify.annotations.NullMarked;
