package io.kryla.tlog;

/** What became of a static log. */
public sealed interface TileResult {
    /** Entries, tiles and checkpoint agree in every byte; whoever signed the checkpoint is for the caller to check. */
    record Complete(SignedCheckpoint signedCheckpoint, MerkleTree tree) implements TileResult {}

    /**
     * @param file the one file at fault, as far as it can be told, by its relative path
     */
    record Rejected(TileRejection code, String file, String reason) implements TileResult {}
}
