package io.kryla.identity;

import io.kryla.tlog.Checkpoint;
import io.kryla.tlog.CosignatureVerifier;
import io.kryla.tlog.SignedCheckpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Verifies checkpoints of the ledgers in a trust bundle. Immutable, safe for any thread. */
public final class LedgerCheckpointVerifier {
    private final TrustedBundle bundle;

    private LedgerCheckpointVerifier(TrustedBundle bundle) {
        this.bundle = bundle;
    }

    /** Believes the ledger keys, witnesses and quorum of this bundle. */
    public static LedgerCheckpointVerifier of(TrustedBundle bundle) {
        return new LedgerCheckpointVerifier(bundle);
    }

    /** Requires the ledger's signature and a quorum of witnesses. */
    public CheckpointResult verifyCosigned(SignedCheckpoint untrusted) {
        CheckpointResult line = verifyLineSigned(untrusted);
        if (line instanceof CheckpointResult.Rejected) {
            return line;
        }
        List<Instant> times = new ArrayList<>();
        for (CosignatureVerifier witness : bundle.witnesses()) {
            witness.cosignedAt(untrusted.note()).ifPresent(times::add);
        }
        int quorum = bundle.witnessQuorum();
        if (times.size() < quorum) {
            return new CheckpointResult.Rejected(
                    ProofRejection.NO_QUORUM, quorum + " witnesses expected, found " + times.size());
        }
        Collections.sort(times);
        return new CheckpointResult.Cosigned(untrusted.checkpoint(), times.get(quorum - 1));
    }

    /** Requires the ledger's own signature only: what a line may take from its own ledger. */
    public CheckpointResult verifyLineSigned(SignedCheckpoint untrusted) {
        Checkpoint checkpoint = untrusted.checkpoint();
        Optional<LedgerIdentity> ledger = bundle.ledger(checkpoint.origin());
        if (ledger.isEmpty()) {
            return new CheckpointResult.Rejected(
                    ProofRejection.WRONG_ORIGIN, "no ledger of the trust bundle has origin " + checkpoint.origin());
        }
        return ledger.get().verifier().verify(untrusted.note())
                ? new CheckpointResult.LineSigned(checkpoint)
                : new CheckpointResult.Rejected(
                        ProofRejection.BAD_NOTE, "no valid signature of ledger " + checkpoint.origin());
    }
}
