package io.kryla.identity;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.tlog.MerkleHash;
import io.kryla.tlog.TlogProof;
import io.kryla.v1.LeafProof;
import io.kryla.v1.LedgerLeaf;
import java.util.Optional;

/** Verifies that a leaf is in a ledger of a trust bundle. Immutable, safe for any thread. */
public final class LedgerProofVerifier {
    /** Largest leaf in bytes: an entry of a C2SP entry bundle. */
    public static final int LARGEST_LEAF = 65_535;

    private final LedgerCheckpointVerifier checkpoints;

    private LedgerProofVerifier(LedgerCheckpointVerifier checkpoints) {
        this.checkpoints = checkpoints;
    }

    /** Believes the ledger keys, witnesses and quorum of this bundle. */
    public static LedgerProofVerifier of(TrustedBundle bundle) {
        return new LedgerProofVerifier(LedgerCheckpointVerifier.of(bundle));
    }

    /** Requires a quorum of cosignatures; never {@link ProofResult.LineSigned}. */
    public ProofResult verify(LeafProof untrusted) {
        Optional<TlogProof> parsed = parse(untrusted);
        if (parsed.isEmpty()) {
            return rejected(ProofRejection.MALFORMED, "no proof text, or a leaf over 65,535 bytes");
        }
        TlogProof proof = parsed.get();
        CheckpointResult checkpoint = checkpoints.verifyCosigned(proof.signedCheckpoint());
        if (checkpoint instanceof CheckpointResult.Rejected rejected) {
            return rejected(rejected.code(), rejected.reason());
        }
        CheckpointResult.Cosigned cosigned = (CheckpointResult.Cosigned) checkpoint;
        return include(
                untrusted,
                proof,
                leaf -> new ProofResult.Proven(leaf, proof.index(), cosigned.checkpoint(), cosigned.cosignedAt()));
    }

    /** Requires the signature of the one ledger named, and no witness: what a line may take from its own ledger. */
    public ProofResult verifyLineSigned(LeafProof untrusted, String ownOrigin) {
        Optional<TlogProof> parsed = parse(untrusted);
        if (parsed.isEmpty()) {
            return rejected(ProofRejection.MALFORMED, "no proof text, or a leaf over 65,535 bytes");
        }
        TlogProof proof = parsed.get();
        if (!proof.signedCheckpoint().checkpoint().origin().equals(ownOrigin)) {
            return rejected(ProofRejection.WRONG_ORIGIN, "ledger " + ownOrigin + " expected");
        }
        CheckpointResult checkpoint = checkpoints.verifyLineSigned(proof.signedCheckpoint());
        if (checkpoint instanceof CheckpointResult.Rejected rejected) {
            return rejected(rejected.code(), rejected.reason());
        }
        return include(
                untrusted,
                proof,
                leaf -> new ProofResult.LineSigned(
                        leaf, proof.index(), proof.signedCheckpoint().checkpoint()));
    }

    private interface Proven {
        ProofResult of(LedgerLeaf leaf);
    }

    private static ProofResult include(LeafProof untrusted, TlogProof proof, Proven proven) {
        byte[] leaf = untrusted.getLeaf().toByteArray();
        if (!proof.includes(MerkleHash.leaf(leaf))) {
            return rejected(
                    ProofRejection.ROOT_MISMATCH, "the proof does not lead from the leaf to the checkpoint's root");
        }
        try {
            return proven.of(LedgerLeaf.parseFrom(leaf));
        } catch (InvalidProtocolBufferException e) {
            return rejected(ProofRejection.MALFORMED, "the leaf is in the ledger but is no LedgerLeaf");
        }
    }

    private static Optional<TlogProof> parse(LeafProof untrusted) {
        if (untrusted.getLeaf().size() > LARGEST_LEAF
                || untrusted.getTlogProof().size() > TlogProof.LONGEST) {
            return Optional.empty();
        }
        return TlogProof.parse(untrusted.getTlogProof().toByteArray());
    }

    private static ProofResult rejected(ProofRejection code, String reason) {
        return new ProofResult.Rejected(code, reason);
    }
}
