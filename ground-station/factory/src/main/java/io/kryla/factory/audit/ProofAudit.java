package io.kryla.factory.audit;

import io.kryla.identity.LedgerIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.tlog.Checkpoint;
import io.kryla.tlog.TlogProof;
import io.kryla.v1.LeafProof;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Holds the proofs in a line's files against the line's ledger. A proof verifies by itself, but under a checkpoint of its
 * own: one that the published ledger does not contain shows that the ledger was rolled back, or that it has two histories.
 */
final class ProofAudit {
    private final Findings findings;
    private final TrustedBundle bundle;
    private final LedgerAudit.Replayed ledger;
    private final Optional<LedgerIdentity> identity;

    ProofAudit(Findings findings, TrustedBundle bundle, LedgerAudit.Replayed ledger) {
        this.findings = findings;
        this.bundle = bundle;
        this.ledger = ledger;
        this.identity = bundle.ledger(ledger.ledger().checkpoint().origin());
    }

    /** The proof was verified before, or is about to be: here only what a verification leaves open. */
    void compare(LeafProof proof, Path file, String where) {
        byte[] text = proof.getTlogProof().toByteArray();
        Optional<TlogProof> parsed = TlogProof.parse(text);
        if (parsed.isEmpty() || !Arrays.equals(parsed.get().bytes(), text)) {
            findings.add(AuditCode.MALFORMED, file, where, "not a ledger proof as Kryla writes it");
            return;
        }
        Checkpoint stated = parsed.get().signedCheckpoint().checkpoint();
        if (identity.isEmpty() || !stated.origin().equals(identity.get().origin())) {
            findings.add(AuditCode.WRONG_ORIGIN, file, where, "a leaf of the ledger of " + ledger.line() + " expected");
        } else if (!NoteLines.allVerify(parsed.get().signedCheckpoint().note(), identity.get(), bundle)) {
            findings.add(
                    AuditCode.BAD_NOTE,
                    file,
                    where,
                    "a line that is neither the ledger's nor a known witness's, or does not verify");
        } else if (stated.size() > ledger.tree().size()) {
            findings.add(
                    AuditCode.CHECKPOINT_ROLLBACK,
                    file,
                    where,
                    "cosigned at " + stated.size() + " leaves, the ledger beside it ends at "
                            + ledger.tree().size());
        } else if (!ledger.tree().root(stated.size()).equals(stated.root())) {
            findings.add(AuditCode.INCONSISTENT, file, where, "the ledger beside it has another history");
        }
    }
}
