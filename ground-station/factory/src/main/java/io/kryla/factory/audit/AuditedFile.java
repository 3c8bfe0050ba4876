package io.kryla.factory.audit;

import io.kryla.keys.Digest;

/** One file of the folder, hashed. */
public record AuditedFile(String path, Standing standing, Digest sha256) {
    /** What stands behind a file's content, as the audit found out; what a manifest claims is compared with it. */
    public enum Standing {
        /** Signatures, or the ledger. */
        VOUCHED,
        /** Computed from vouched files; a person's reading, no proof. */
        DERIVED,
        /** Given to the line; the ledger holds its hash. */
        INPUT,
        /** Nothing: a finding names the file, or the audit of its line ended before it. */
        UNPROVEN
    }
}
