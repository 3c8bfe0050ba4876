package io.kryla.station.audit;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.keys.Signer;
import io.kryla.tlog.Checkpoint;
import io.kryla.tlog.Cosigner;
import io.kryla.tlog.MerkleTree;
import io.kryla.tlog.NoteSignature;
import io.kryla.tlog.NoteSigner;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.tlog.TilePaths;
import io.kryla.tlog.TileReader;
import io.kryla.tlog.TileSource;
import io.kryla.tlog.TileWriter;
import io.kryla.tlog.TlogProof;
import io.kryla.v1.LeafProof;
import io.kryla.v1.LedgerLeaf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A line's published ledger, to be written anew with other leaves and the line's genuine key. */
final class RemadeLedger {
    final List<byte[]> leaves = new ArrayList<>();
    private final PublishedFolder folder;
    private final Path ledger;
    private final SignedCheckpoint genuine;
    private final Signer key;

    RemadeLedger(PublishedFolder folder, String line, Signer key) {
        this.folder = folder;
        this.ledger = folder.files.ledger(line);
        this.key = key;
        this.genuine = SignedCheckpoint.parse(folder.read(ledger.resolve(TilePaths.CHECKPOINT)))
                .orElseThrow();
        try {
            TileReader.of(TileSource.folder(ledger)).read((index, leaf) -> leaves.add(leaf));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LedgerLeaf leaf(int index) {
        try {
            return LedgerLeaf.parseFrom(leaves.get(index));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    Checkpoint checkpoint() {
        MerkleTree tree = tree();
        return new Checkpoint(genuine.checkpoint().origin(), tree.size(), tree.root());
    }

    /** The leaves as they are now under the line's own signature; the witness's old lines are kept for show. */
    void writeSigned() {
        SignedCheckpoint signed = lineSigned();
        for (NoteSignature line : genuine.note().signatures()) {
            if (!line.name().equals(genuine.checkpoint().origin())) {
                signed = signed.with(line);
            }
        }
        write(signed);
    }

    SignedCheckpoint writeCosigned(Cosigner witness, Instant at) {
        SignedCheckpoint cosigned = lineSigned().with(witness.cosign(checkpoint(), at));
        write(cosigned);
        return cosigned;
    }

    void set(int index, LedgerLeaf.Builder leaf) {
        leaves.set(index, leaf.build().toByteArray());
    }

    /** Proves a leaf, as the leaves are now, under a checkpoint of them all. */
    LeafProof proof(int index, SignedCheckpoint signed) {
        MerkleTree tree = tree();
        return LeafProof.newBuilder()
                .setLeaf(ByteString.copyFrom(leaves.get(index)))
                .setTlogProof(ByteString.copyFrom(
                        new TlogProof(index, tree.inclusionProof(index, tree.size()), signed).bytes()))
                .build();
    }

    SignedCheckpoint genuine() {
        return genuine;
    }

    /** The leaves as they are now, under the genuine checkpoint: what somebody without any key can do. */
    void writeUnsigned() {
        byte[] checkpoint = genuine.bytes();
        write(lineSigned());
        folder.write(ledger.resolve(TilePaths.CHECKPOINT), checkpoint);
    }

    private SignedCheckpoint lineSigned() {
        return SignedCheckpoint.sign(
                checkpoint(), NoteSigner.of(genuine.checkpoint().origin(), key));
    }

    /** Replaces the whole ledger; paths of the old size go. */
    void write(SignedCheckpoint signed) {
        MerkleTree tree = tree();
        long oldSize = genuine.checkpoint().size();
        for (String path : TilePaths.all(oldSize)) {
            folder.remove(folder.path(ledger.resolve(path)));
        }
        for (String path : TilePaths.all(tree.size())) {
            folder.write(ledger.resolve(path), new byte[0]);
        }
        try {
            TileWriter.into(ledger).export(signed, tree, index -> leaves.get((int) index));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Paths relative to the published folder of a ledger of the present size. */
    String[] paths() {
        return TilePaths.all(leaves.size()).stream()
                .map(path -> folder.path(ledger.resolve(path)))
                .toArray(String[]::new);
    }

    private MerkleTree tree() {
        MerkleTree tree = new MerkleTree();
        leaves.forEach(leaf -> tree.append(MerkleTree.leafHash(leaf)));
        return tree;
    }
}
