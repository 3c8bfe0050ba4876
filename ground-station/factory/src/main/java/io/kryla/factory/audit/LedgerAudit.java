package io.kryla.factory.audit;

import io.kryla.factory.license.VerifiedExportAuthorisation;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.replay.LedgerReplay;
import io.kryla.identity.CheckpointResult;
import io.kryla.identity.LedgerCheckpointVerifier;
import io.kryla.identity.LedgerIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedLicense;
import io.kryla.keys.KrylaException;
import io.kryla.tlog.Checkpoint;
import io.kryla.tlog.MerkleTree;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.tlog.TilePaths;
import io.kryla.tlog.TileReader;
import io.kryla.tlog.TileResult;
import io.kryla.tlog.TileSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A line's static ledger: every file of it, its signatures, and its rules, replayed. */
final class LedgerAudit {
    private final TrustedBundle bundle;
    private final PublicFolder folder;
    private final Findings findings;

    LedgerAudit(TrustedBundle bundle, PublicFolder folder, Findings findings) {
        this.bundle = bundle;
        this.folder = folder;
        this.findings = findings;
    }

    /** A ledger that holds together, with its exact leaves; what its leaves break is among the findings. */
    record Replayed(AuditReport.AuditedLedger ledger, LedgerReplay replay, List<byte[]> leaves) {}

    Optional<Replayed> verify(
            LedgerIdentity identity,
            VerifiedLicense license,
            Optional<VerifiedExportAuthorisation> authorisation,
            Optional<byte[]> known) {
        Path ledger = folder.ledger(identity.line());
        List<byte[]> leaves = new ArrayList<>();
        TileResult read;
        try {
            read = TileReader.of(TileSource.folder(ledger)).read((index, leaf) -> leaves.add(leaf));
        } catch (IOException e) {
            throw new KrylaException(
                    "STORAGE_FAILED", "cannot read " + ledger + ": " + e.getMessage() + "; check the disk", true, e);
        }
        if (read instanceof TileResult.Rejected rejected) {
            findings.add(rejected.code().name(), ledger.resolve(rejected.file()), "ledger", rejected.reason());
            return Optional.empty();
        }
        TileResult.Complete complete = (TileResult.Complete) read;
        Path checkpointFile = ledger.resolve(TilePaths.CHECKPOINT);
        CheckpointResult signed = LedgerCheckpointVerifier.of(bundle).verifyCosigned(complete.signedCheckpoint());
        if (signed instanceof CheckpointResult.Rejected rejected) {
            findings.add(rejected.code().name(), checkpointFile, "signatures", rejected.reason());
            return Optional.empty();
        }
        Checkpoint checkpoint = complete.signedCheckpoint().checkpoint();
        if (!checkpoint.origin().equals(identity.origin())) {
            findings.add("WRONG_ORIGIN", checkpointFile, "origin", "the ledger of " + identity.line() + " expected");
            return Optional.empty();
        }
        known.ifPresent(bytes -> compareWithKnown(bytes, checkpoint, complete.tree(), checkpointFile));
        LedgerReplay replay = replay(identity, license, authorisation, leaves);
        return Optional.of(new Replayed(
                new AuditReport.AuditedLedger(
                        identity.line(),
                        checkpoint,
                        ((CheckpointResult.Cosigned) signed).cosignedAt(),
                        replay.totals()),
                replay,
                leaves));
    }

    /** What the auditor saw once must still be there. */
    private void compareWithKnown(byte[] bytes, Checkpoint now, MerkleTree tree, Path file) {
        Optional<SignedCheckpoint> known = SignedCheckpoint.parse(bytes);
        if (known.isEmpty()) {
            findings.add("MALFORMED", file, "known checkpoint", "the known checkpoint is not a signed checkpoint");
            return;
        }
        Checkpoint before = known.get().checkpoint();
        if (!before.origin().equals(now.origin())) {
            return;
        }
        if (LedgerCheckpointVerifier.of(bundle).verifyLineSigned(known.get())
                instanceof CheckpointResult.Rejected rejected) {
            findings.add(rejected.code().name(), file, "known checkpoint", rejected.reason());
        } else if (now.size() < before.size()) {
            findings.add(
                    "CHECKPOINT_ROLLBACK",
                    file,
                    "size",
                    now.size() + " leaves, fewer than the " + before.size() + " of the known checkpoint");
        } else if (!tree.root(before.size()).equals(before.root())) {
            findings.add(
                    "INCONSISTENT", file, "root", "does not extend the known checkpoint: the ledger was rewritten");
        }
    }

    private LedgerReplay replay(
            LedgerIdentity identity,
            VerifiedLicense license,
            Optional<VerifiedExportAuthorisation> authorisation,
            List<byte[]> leaves) {
        LedgerReplay replay = new LedgerReplay(identity.origin());
        replay.admit(license);
        authorisation.ifPresent(replay::admit);
        leaves.forEach(replay::append);
        for (var broken : replay.findings()) {
            findings.add(
                    broken.code(),
                    folder.ledger(identity.line()),
                    "leaf " + broken.leafIndex() + ", " + broken.serial(),
                    broken.reason());
        }
        return replay;
    }
}
