package io.kryla.factory.audit;

import io.kryla.factory.audit.AuditedFile.Standing;
import io.kryla.factory.license.VerifiedExportAuthorisation;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.factory.replay.LedgerReplay;
import io.kryla.factory.replay.RoyaltyStatement;
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
    private final FileAccounts accounts;

    LedgerAudit(TrustedBundle bundle, PublicFolder folder, Findings findings, FileAccounts accounts) {
        this.bundle = bundle;
        this.folder = folder;
        this.findings = findings;
        this.accounts = accounts;
    }

    /** A ledger that holds together, with its exact leaves; what its leaves break is among the findings. */
    record Replayed(
            String line, AuditReport.AuditedLedger ledger, MerkleTree tree, LedgerReplay replay, List<byte[]> leaves) {}

    Optional<Replayed> verify(
            LedgerIdentity identity,
            VerifiedLicense license,
            Optional<VerifiedExportAuthorisation> authorisation,
            Optional<SignedCheckpoint> known) {
        Path ledger = folder.ledger(identity.line());
        List<byte[]> leaves = new ArrayList<>();
        TileResult read = read(ledger, leaves);
        if (read instanceof TileResult.Rejected rejected) {
            findings.add(rejected.code().name(), ledger.resolve(rejected.file()), "ledger", rejected.reason());
            return Optional.empty();
        }
        TileResult.Complete complete = (TileResult.Complete) read;
        SignedCheckpoint signed = complete.signedCheckpoint();
        Path checkpointFile = ledger.resolve(TilePaths.CHECKPOINT);
        CheckpointResult result = LedgerCheckpointVerifier.of(bundle).verifyCosigned(signed);
        if (result instanceof CheckpointResult.Rejected rejected) {
            findings.add(rejected.code().name(), checkpointFile, "signatures", rejected.reason());
            return Optional.empty();
        }
        Checkpoint checkpoint = signed.checkpoint();
        if (!checkpoint.origin().equals(identity.origin())) {
            findings.add(
                    AuditCode.WRONG_ORIGIN, checkpointFile, "origin", "the ledger of " + identity.line() + " expected");
            return Optional.empty();
        }
        if (!NoteLines.allVerify(signed.note(), identity, bundle)) {
            findings.add(
                    AuditCode.BAD_NOTE,
                    checkpointFile,
                    "signatures",
                    "a line that is neither the ledger's nor a known witness's, or does not verify");
        }
        known.ifPresent(before -> compareWithKnown(before.checkpoint(), checkpoint, complete.tree(), checkpointFile));
        for (String path : TilePaths.all(checkpoint.size())) {
            accounts.enter(identity.line(), ledger.resolve(path), Standing.VOUCHED);
        }
        LedgerReplay replay = replay(identity, license, authorisation, leaves);
        AuditReport.AuditedLedger audited = new AuditReport.AuditedLedger(
                identity.line(),
                checkpoint,
                ((CheckpointResult.Cosigned) result).cosignedAt(),
                replay.totals(),
                RoyaltyStatement.of(identity.line(), checkpoint, replay.totals()));
        return Optional.of(new Replayed(identity.line(), audited, complete.tree(), replay, leaves));
    }

    /** Reads an untrusted static ledger; its leaves are appended as far as they were read. */
    static TileResult read(Path ledger, List<byte[]> leaves) {
        try {
            return TileReader.of(TileSource.folder(ledger)).read((index, leaf) -> leaves.add(leaf));
        } catch (IOException e) {
            throw new KrylaException(
                    "STORAGE_FAILED", "cannot read " + ledger + ": " + e.getMessage() + "; check the disk", true, e);
        }
    }

    /** What the auditor saw once must still be there. */
    private void compareWithKnown(Checkpoint before, Checkpoint now, MerkleTree tree, Path file) {
        if (!before.origin().equals(now.origin())) {
            return;
        }
        if (now.size() < before.size()) {
            findings.add(
                    AuditCode.CHECKPOINT_ROLLBACK,
                    file,
                    "size",
                    now.size() + " leaves, fewer than the " + before.size() + " of the known checkpoint");
        } else if (!tree.root(before.size()).equals(before.root())) {
            findings.add(
                    AuditCode.INCONSISTENT,
                    file,
                    "root",
                    "does not extend the known checkpoint: the ledger was rewritten");
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
                    bundleOf(identity.line(), broken.leafIndex(), leaves.size()),
                    "leaf " + broken.leafIndex() + ", " + broken.serial(),
                    broken.reason());
        }
        return replay;
    }

    /** The file that holds the leaf. */
    private Path bundleOf(String line, long leafIndex, long size) {
        long index = leafIndex / TilePaths.FULL_WIDTH;
        long rest = size - index * TilePaths.FULL_WIDTH;
        return folder.ledger(line).resolve(TilePaths.entries(index, (int) Math.min(rest, TilePaths.FULL_WIDTH)));
    }
}
