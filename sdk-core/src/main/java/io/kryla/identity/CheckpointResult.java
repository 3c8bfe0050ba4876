package io.kryla.identity;

import io.kryla.tlog.Checkpoint;
import java.time.Instant;

/** What became of a ledger's checkpoint. */
public sealed interface CheckpointResult {
    /**
     * Signed by the ledger and cosigned by a quorum.
     *
     * @param cosignedAt when the quorum was complete, by the witnesses' clocks
     */
    record Cosigned(Checkpoint checkpoint, Instant cosignedAt) implements CheckpointResult {}

    /** Signed by the ledger alone. */
    record LineSigned(Checkpoint checkpoint) implements CheckpointResult {}

    record Rejected(ProofRejection code, String reason) implements CheckpointResult {}
}
