package io.kryla.factory.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.replay.Finding;
import io.kryla.factory.replay.LedgerReplay;
import io.kryla.keys.Digest;
import io.kryla.tlog.Checkpoint;
import io.kryla.tlog.MerkleTree;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.tlog.TileWriter;
import io.kryla.tlog.TlogProof;
import io.kryla.v1.LeafProof;
import io.kryla.v1.LedgerLeaf;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The leaves in memory: Merkle tree and rules, derived from the database and always as far as its last commit.
 *
 * <p>Confined to the ledger's lock.
 */
final class LeafLog {
    private final String origin;
    private final MerkleTree tree = new MerkleTree();
    private final LedgerReplay replay;
    private final List<IndexedLeaf> leaves = new ArrayList<>();

    private LeafLog(String origin) {
        this.origin = origin;
        this.replay = new LedgerReplay(origin);
    }

    static LeafLog empty(String origin) {
        return new LeafLog(origin);
    }

    /**
     * Takes leaves that are stored after those here, and verifies them: gapless indices, hashes of bytes, no rule broken.
     *
     * @throws LedgerException LEDGER_CORRUPT
     */
    void readOn(List<LedgerStore.StoredLeaf> stored) {
        for (LedgerStore.StoredLeaf leaf : stored) {
            Digest hash = MerkleTree.leafHash(leaf.bytes());
            if (leaf.index() != size() || !hash.matches(leaf.leafHash())) {
                throw corrupt("leaf " + size() + " is missing or not what was recorded");
            }
            List<Finding> findings = judge(leaf.bytes());
            if (!findings.isEmpty()) {
                throw corrupt(
                        "leaf " + leaf.index() + " breaks " + findings.get(0).code());
            }
            committed(leaf.bytes());
        }
    }

    /**
     * Compares the leaves with what the witnesses cosigned.
     *
     * @throws LedgerException LEDGER_CORRUPT
     */
    void requireExtends(SignedCheckpoint cosigned) {
        long size = cosigned.checkpoint().size();
        if (size > size() || !tree.root(size).equals(cosigned.checkpoint().root())) {
            throw corrupt("the leaves are not those of the cosigned checkpoint of size " + size);
        }
    }

    long size() {
        return leaves.size();
    }

    MerkleTree tree() {
        return tree;
    }

    LedgerReplay replay() {
        return replay;
    }

    List<IndexedLeaf> leaves() {
        return Collections.unmodifiableList(leaves);
    }

    /** The leaf at an index; throws if there is none. */
    IndexedLeaf leaf(long index) {
        if (index < 0 || index >= size()) {
            throw new IllegalArgumentException("index: 0 to " + (size() - 1) + " expected, got " + index);
        }
        return leaves.get((int) index);
    }

    Instant lastRecordedAt() {
        return leaves.isEmpty()
                ? Instant.MIN
                : Instant.ofEpochMilli(leaves.get(leaves.size() - 1).content().getRecordedAtUnixMillis());
    }

    /** What the ledger states about its first leaves. */
    Checkpoint checkpoint(long size) {
        return new Checkpoint(origin, size, tree.root(size));
    }

    /** Proof of a leaf under a checkpoint over at least that leaf. */
    LeafProof proof(long index, SignedCheckpoint checkpoint) {
        TlogProof proof = new TlogProof(
                index, tree.inclusionProof(index, checkpoint.checkpoint().size()), checkpoint);
        return LeafProof.newBuilder()
                .setLeaf(leaf(index).bytes())
                .setTlogProof(ByteString.copyFrom(proof.bytes()))
                .build();
    }

    /** Writes the leaves of the checkpoint as static files. */
    void export(Path folder, SignedCheckpoint checkpoint) {
        try {
            TileWriter.into(folder)
                    .export(checkpoint, tree, index -> leaf(index).bytes().toByteArray());
        } catch (IOException e) {
            throw FileFault.translate(folder, e);
        }
    }

    /** What the leaf would break. */
    List<Finding> judge(byte[] leaf) {
        return replay.judge(leaf);
    }

    /** Takes a leaf whose commit is durable. */
    IndexedLeaf committed(byte[] bytes) {
        IndexedLeaf leaf = new IndexedLeaf(size(), ByteString.copyFrom(bytes), decode(bytes));
        tree.append(MerkleTree.leafHash(bytes));
        replay.append(bytes);
        leaves.add(leaf);
        return leaf;
    }

    private static LedgerLeaf decode(byte[] bytes) {
        try {
            return LedgerLeaf.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw corrupt("a leaf cannot be decoded");
        }
    }

    private static LedgerException corrupt(String what) {
        return new LedgerException(
                LedgerException.LEDGER_CORRUPT, what + "; restore the folder from the line's backup", false);
    }
}
