package io.kryla.factory.ledger;

import com.google.protobuf.ByteString;
import io.kryla.v1.LedgerLeaf;

/**
 * A leaf of the ledger.
 *
 * @param bytes the exact bytes that were hashed
 * @param content the bytes, decoded
 */
public record IndexedLeaf(long index, ByteString bytes, LedgerLeaf content) {}
