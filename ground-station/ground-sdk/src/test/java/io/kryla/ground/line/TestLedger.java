package io.kryla.ground.line;

import com.google.protobuf.ByteString;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import io.kryla.tlog.Checkpoint;
import io.kryla.tlog.Cosigner;
import io.kryla.tlog.MerkleTree;
import io.kryla.tlog.NoteSigner;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.tlog.TlogProof;
import io.kryla.v1.LeafProof;
import io.kryla.v1.LedgerLeaf;
import java.security.SecureRandom;
import java.time.Instant;

/** A ledger and its witness in memory. */
public final class TestLedger {
    public static final String ORIGIN = "kryla.example/ledger/DE-01";
    public static final String WITNESS = "witness.example/w1";

    final SoftwareSigner ledgerKey;
    final SoftwareSigner witnessKey;
    private final MerkleTree tree = new MerkleTree();

    TestLedger(SecureRandom random) {
        ledgerKey = SoftwareSigner.generate(SignatureAlgorithm.ED25519, random);
        witnessKey = SoftwareSigner.generate(SignatureAlgorithm.ED25519, random);
    }

    /** Appends the leaf and proves it under a checkpoint that the witness has cosigned. */
    public LeafProof appendCosigned(LedgerLeaf leaf, Instant at) {
        return append(leaf, at, true);
    }

    /** As {@link #appendCosigned}, before the witness has seen it. */
    public LeafProof appendLineSigned(LedgerLeaf leaf) {
        return append(leaf, Instant.EPOCH, false);
    }

    private LeafProof append(LedgerLeaf leaf, Instant at, boolean cosigned) {
        byte[] bytes = leaf.toByteArray();
        long index = tree.append(MerkleTree.leafHash(bytes));
        Checkpoint checkpoint = new Checkpoint(ORIGIN, tree.size(), tree.root());
        SignedCheckpoint signed = SignedCheckpoint.sign(checkpoint, NoteSigner.of(ORIGIN, ledgerKey));
        if (cosigned) {
            signed = signed.with(Cosigner.of(WITNESS, witnessKey).cosign(checkpoint, at));
        }
        TlogProof proof = new TlogProof(index, tree.inclusionProof(index, tree.size()), signed);
        return LeafProof.newBuilder()
                .setLeaf(ByteString.copyFrom(bytes))
                .setTlogProof(ByteString.copyFrom(proof.bytes()))
                .build();
    }
}
