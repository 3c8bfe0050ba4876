package io.kryla.tlog;

import io.kryla.keys.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a whole static log (C2SP tlog-tiles) and checks that every byte of it agrees with its checkpoint. What it reads
 * is untrusted: faults are results, and say which file is at fault.
 */
public final class TileReader {
    /** Largest log in leaves; a larger size is refused before anything is fetched. */
    public static final long MOST_LEAVES = 1 << 24;

    private final TileSource source;

    private TileReader(TileSource source) {
        this.source = source;
    }

    /** Reads from here and verifies all of it. */
    public static TileReader of(TileSource source) {
        return new TileReader(source);
    }

    /** Takes each entry in order while the log is read; whether they were true is known at the end alone. */
    public interface EntryVisitor {
        /** Takes an entry whose hash nobody has compared with a root yet. */
        void entry(long index, byte[] unverified);
    }

    /** The checkpoint alone; empty when it is missing or malformed. */
    public Optional<SignedCheckpoint> signedCheckpoint() throws IOException {
        return source.read(TilePaths.CHECKPOINT, Note.LONGEST).flatMap(SignedCheckpoint::parse);
    }

    /**
     * Entries {@code from} to {@code to - 1}, compared with no root; empty when one of them is missing or malformed.
     *
     * @param to at most {@link #MOST_LEAVES}; the bundle it ends in may have grown since
     */
    public Optional<List<byte[]>> unverifiedEntries(long from, long to) throws IOException {
        if (from < 0 || to < from || to > MOST_LEAVES) {
            throw new IllegalArgumentException("from, to: 0 to " + MOST_LEAVES + " expected, got " + from + ", " + to);
        }
        List<byte[]> entries = new ArrayList<>();
        for (long bundle = from / TilePaths.FULL_WIDTH; bundle * TilePaths.FULL_WIDTH < to; bundle++) {
            long first = bundle * TilePaths.FULL_WIDTH;
            int width = (int) Math.min(TilePaths.FULL_WIDTH, to - first);
            Optional<List<byte[]>> content = bundle(bundle, width);
            if (content.isEmpty() && width < TilePaths.FULL_WIDTH) {
                content = bundle(bundle, TilePaths.FULL_WIDTH);
            }
            if (content.isEmpty()) {
                return Optional.empty();
            }
            entries.addAll(content.get().subList((int) Math.max(0, from - first), width));
        }
        return Optional.of(entries);
    }

    private Optional<List<byte[]>> bundle(long index, int width) throws IOException {
        return source.read(TilePaths.entries(index, width), EntryBundle.LARGEST)
                .flatMap(content -> EntryBundle.parse(content, width));
    }

    /** Reads and checks everything. */
    public TileResult read(EntryVisitor visitor) throws IOException {
        Optional<byte[]> note = source.read(TilePaths.CHECKPOINT, Note.LONGEST);
        if (note.isEmpty()) {
            return rejected(TileRejection.MISSING, TilePaths.CHECKPOINT);
        }
        Optional<SignedCheckpoint> signed = SignedCheckpoint.parse(note.get());
        if (signed.isEmpty() || signed.get().checkpoint().size() > MOST_LEAVES) {
            return rejected(TileRejection.MALFORMED, TilePaths.CHECKPOINT);
        }
        long size = signed.get().checkpoint().size();
        MerkleTree tree = new MerkleTree();
        for (TileId bundle : TilePaths.level(0, size)) {
            String path = TilePaths.entries(bundle.index(), bundle.width());
            Optional<byte[]> content = source.read(path, EntryBundle.LARGEST);
            if (content.isEmpty()) {
                return rejected(TileRejection.MISSING, path);
            }
            Optional<List<byte[]>> entries = EntryBundle.parse(content.get(), bundle.width());
            if (entries.isEmpty()) {
                return rejected(TileRejection.MALFORMED, path);
            }
            for (byte[] entry : entries.get()) {
                visitor.entry(tree.append(MerkleHash.leaf(entry)), entry);
            }
        }
        return tree.root().equals(signed.get().checkpoint().root())
                ? compareTiles(signed.get(), tree)
                : blame(signed.get(), tree);
    }

    /** The entries are right: every tile has to be what they hash to. */
    private TileResult compareTiles(SignedCheckpoint signed, MerkleTree tree) throws IOException {
        for (TileId tile : TilePaths.tiles(tree.size())) {
            String path = TilePaths.tile(tile.level(), tile.index(), tile.width());
            Optional<byte[]> content = source.read(path, TilePaths.FULL_WIDTH * Digest.LENGTH);
            if (content.isEmpty()) {
                return rejected(TileRejection.MISSING, path);
            }
            if (!Arrays.equals(content.get(), tile.of(tree))) {
                return rejected(TileRejection.ROOT_MISMATCH, path);
            }
        }
        return new TileResult.Complete(signed, tree);
    }

    /** The entries are not what the checkpoint states: at fault is a bundle if the leaf tiles bear the checkpoint out. */
    private TileResult blame(SignedCheckpoint signed, MerkleTree ofEntries) throws IOException {
        MerkleTree ofTiles = new MerkleTree();
        String firstDifferent = TilePaths.CHECKPOINT;
        for (TileId tile : TilePaths.level(0, ofEntries.size())) {
            String path = TilePaths.tile(0, tile.index(), tile.width());
            Optional<byte[]> content = source.read(path, TilePaths.FULL_WIDTH * Digest.LENGTH)
                    .filter(hashes -> hashes.length == tile.width() * Digest.LENGTH);
            if (content.isEmpty()) {
                return rejected(TileRejection.MALFORMED, path);
            }
            for (int from = 0; from < content.get().length; from += Digest.LENGTH) {
                ofTiles.append(Digest.of(Arrays.copyOfRange(content.get(), from, from + Digest.LENGTH)));
            }
            if (firstDifferent.equals(TilePaths.CHECKPOINT) && !Arrays.equals(content.get(), tile.of(ofEntries))) {
                firstDifferent = TilePaths.entries(tile.index(), tile.width());
            }
        }
        boolean tilesBearOut = ofTiles.root().equals(signed.checkpoint().root());
        return rejected(TileRejection.ROOT_MISMATCH, tilesBearOut ? firstDifferent : TilePaths.CHECKPOINT);
    }

    private static TileResult rejected(TileRejection code, String file) {
        String reason = code == TileRejection.MISSING
                ? "missing, or larger than any valid one"
                : code == TileRejection.MALFORMED ? "not in its format" : "does not hash to the checkpoint's root";
        return new TileResult.Rejected(code, file, reason);
    }
}
