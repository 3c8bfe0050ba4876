package io.kryla.factory.witness;

import com.google.protobuf.ByteString;
import io.kryla.factory.license.LicenseDecision;
import io.kryla.factory.license.LicenseRevisions;
import io.kryla.factory.license.VerifiedExportAuthorisation;
import io.kryla.factory.replay.Finding;
import io.kryla.factory.replay.LedgerReplay;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.TrustedBundle;
import io.kryla.identity.VerifiedLicense;
import io.kryla.keys.Digest;
import io.kryla.tlog.Checkpoint;
import io.kryla.tlog.MerkleProofs;
import io.kryla.tlog.MerkleTree;
import io.kryla.v1.Envelope;
import io.kryla.v1.WitnessRefused;
import io.kryla.v1.WitnessRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One ledger as far as its witness cosigned it. After a refusal it is spoilt and has to be read again. */
final class WitnessedLedger {
    private final String origin;
    private final TrustedBundle bundle;
    private final MerkleTree tree = new MerkleTree();
    private final LedgerReplay replay;
    private final LicenseRevisions revisions = new LicenseRevisions();
    private final Set<Digest> knownLicenses = new HashSet<>();
    private long cosignedSize;

    WitnessedLedger(String origin, TrustedBundle bundle) {
        this.origin = origin;
        this.bundle = bundle;
        this.replay = new LedgerReplay(origin);
    }

    long size() {
        return tree.size();
    }

    /** Takes the request's leaves, or says why not: size, consistency, documents, rules, root, in this order. */
    Optional<WitnessRefused> extend(WitnessRequest request, Checkpoint checkpoint) {
        cosignedSize = tree.size();
        return checkSize(request, checkpoint)
                .or(() -> checkConsistency(request, checkpoint))
                .or(() -> admitLicenses(request.getLicensesList()))
                .or(() -> admitAuthorisations(request.getExportAuthorisationsList()))
                .or(() -> replayLeaves(request.getLeavesList()))
                .or(() -> checkRoot(checkpoint));
    }

    private Optional<WitnessRefused> checkSize(WitnessRequest request, Checkpoint checkpoint) {
        if (checkpoint.size() < tree.size()) {
            return refused(
                    WitnessCode.ROLLBACK,
                    "size " + tree.size() + " was cosigned, the checkpoint has size " + checkpoint.size());
        }
        if (request.getKnownSize() != tree.size()) {
            return refused(
                    WitnessCode.STALE_SIZE,
                    "leaves from size " + tree.size() + " on expected, got from " + request.getKnownSize());
        }
        return checkpoint.size() - tree.size() == request.getLeavesCount()
                ? Optional.empty()
                : refused(
                        WitnessCode.MALFORMED,
                        (checkpoint.size() - tree.size()) + " leaves expected, got " + request.getLeavesCount());
    }

    private Optional<WitnessRefused> checkConsistency(WitnessRequest request, Checkpoint checkpoint) {
        List<Digest> proof = new ArrayList<>();
        for (ByteString hash : request.getConsistencyProofList()) {
            Digest.parse(hash.toByteArray()).ifPresent(proof::add);
        }
        boolean consistent = proof.size() == request.getConsistencyProofCount()
                && MerkleProofs.verifyConsistency(
                        tree.size(), tree.root(), checkpoint.size(), checkpoint.root(), proof);
        return consistent
                ? Optional.empty()
                : refused(
                        WitnessCode.INCONSISTENT,
                        "the tree of size " + checkpoint.size() + " does not extend the cosigned one of size "
                                + tree.size());
    }

    private Optional<WitnessRefused> admitLicenses(List<Envelope> untrusted) {
        for (Envelope envelope : untrusted) {
            if (knownLicenses.contains(Digest.sha256(envelope.getPayload().toByteArray()))) {
                continue;
            }
            DocumentResult<VerifiedLicense> opened = VerifiedLicense.open(bundle, envelope);
            if (opened instanceof DocumentResult.Rejected) {
                DocumentResult.Rejected<VerifiedLicense> rejected = (DocumentResult.Rejected<VerifiedLicense>) opened;
                return refused(rejected.code().name(), "license: " + rejected.reason());
            }
            VerifiedLicense license = ((DocumentResult.Verified<VerifiedLicense>) opened).document();
            if (!license.content().getLedgerOrigin().equals(origin)) {
                return refused(LicenseDecision.Rejected.LICENSE_FOREIGN, "a license of another ledger");
            }
            Optional<LicenseDecision.Rejected> broken = revisions.check(license);
            if (broken.isPresent()) {
                return refused(broken.get().code(), broken.get().reason());
            }
            revisions.add(license);
            knownLicenses.add(license.payloadSha256());
            replay.admit(license);
        }
        return Optional.empty();
    }

    private Optional<WitnessRefused> admitAuthorisations(List<Envelope> untrusted) {
        for (Envelope envelope : untrusted) {
            DocumentResult<VerifiedExportAuthorisation> opened = VerifiedExportAuthorisation.open(bundle, envelope);
            if (opened instanceof DocumentResult.Rejected) {
                DocumentResult.Rejected<VerifiedExportAuthorisation> rejected =
                        (DocumentResult.Rejected<VerifiedExportAuthorisation>) opened;
                return refused(rejected.code().name(), "export authorisation: " + rejected.reason());
            }
            VerifiedExportAuthorisation authorisation =
                    ((DocumentResult.Verified<VerifiedExportAuthorisation>) opened).document();
            if (!authorisation.content().getLedgerOrigin().equals(origin)) {
                return refused("FOREIGN", "an export authorisation of another ledger");
            }
            replay.admit(authorisation);
        }
        return Optional.empty();
    }

    private Optional<WitnessRefused> replayLeaves(List<ByteString> untrusted) {
        for (ByteString leaf : untrusted) {
            byte[] bytes = leaf.toByteArray();
            List<Finding> findings = replay.append(bytes);
            if (!findings.isEmpty()) {
                Finding first = findings.get(0);
                return Optional.of(refusal(first.code(), first.reason())
                        .setLeafIndex(first.leafIndex())
                        .build());
            }
            tree.append(MerkleTree.leafHash(bytes));
        }
        return Optional.empty();
    }

    private Optional<WitnessRefused> checkRoot(Checkpoint checkpoint) {
        return tree.root().equals(checkpoint.root())
                ? Optional.empty()
                : refused(WitnessCode.INCONSISTENT, "the checkpoint's root is not that of the leaves sent");
    }

    private Optional<WitnessRefused> refused(WitnessCode code, String detail) {
        return refused(code.name(), detail);
    }

    private Optional<WitnessRefused> refused(String code, String detail) {
        return Optional.of(refusal(code, detail).build());
    }

    private WitnessRefused.Builder refusal(String code, String detail) {
        return WitnessRefused.newBuilder().setCode(code).setDetail(detail).setKnownSize(cosignedSize);
    }
}
