package io.kryla.identity;

import io.kryla.tlog.Checkpoint;
import io.kryla.v1.LedgerLeaf;
import java.time.Instant;

/** What became of a ledger leaf's proof. */
public sealed interface ProofResult {
    /**
     * The leaf is in a ledger of the trust bundle, under a checkpoint that a quorum of witnesses cosigned.
     *
     * @param cosignedAt when the quorum was complete, by the witnesses' clocks
     */
    record Proven(LedgerLeaf leaf, long index, Checkpoint checkpoint, Instant cosignedAt) implements ProofResult {}

    /** The leaf is in the ledger as the line itself signs it; no witness has seen it. Enough for the line alone. */
    record LineSigned(LedgerLeaf leaf, long index, Checkpoint checkpoint) implements ProofResult {}

    record Rejected(ProofRejection code, String reason) implements ProofResult {}
}
