package io.kryla.identity;

import io.kryla.keys.VerificationKey;
import io.kryla.tlog.NoteVerifier;

/** A line's ledger as the trust bundle names it: checkpoint origin, line, and the key that signs its checkpoints. */
public record LedgerIdentity(String origin, String line, VerificationKey key) {
    public NoteVerifier verifier() {
        return NoteVerifier.of(origin, key);
    }
}
