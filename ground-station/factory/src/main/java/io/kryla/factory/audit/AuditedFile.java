package io.kryla.factory.audit;

import io.kryla.keys.Digest;

/** One file of the folder, hashed. */
public record AuditedFile(String path, Standing standing, Digest sha256) {
    /** What stands behind a file's content. */
    public enum Standing {
        /** Signatures, or the ledger. */
        VOUCHED,
        /** Computed from vouched files. */
        DERIVED,
        /** Given to the line; the ledger holds its hash. */
        INPUT
    }
}
