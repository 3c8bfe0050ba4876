package io.kryla.tlog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a log as static files (C2SP tlog-tiles): hash tiles, entry bundles and, last, the checkpoint, so that a reader
 * never finds a checkpoint whose files are missing. What is derived can be written again at any time.
 */
public final class TileWriter {
    private final Path folder;

    private TileWriter(Path folder) {
        this.folder = folder;
    }

    /** Writes the paths of C2SP tlog-tiles below this folder. */
    public static TileWriter into(Path folder) {
        return new TileWriter(folder);
    }

    /**
     * Writes what is missing for the checkpoint's size and replaces the checkpoint; partial tiles of earlier sizes go.
     *
     * @param tree holds at least the checkpoint's size
     * @param leaves the exact bytes of each leaf by index, at most 65,535
     */
    public void export(SignedCheckpoint signed, MerkleTree tree, LongFunction<byte[]> leaves) throws IOException {
        long size = signed.checkpoint().size();
        if (!tree.root(size).equals(signed.checkpoint().root())) {
            throw new IllegalArgumentException("signed: the tree's root at size " + size + " expected");
        }
        for (TileId bundle : TilePaths.level(0, size)) {
            writeOnce(TilePaths.entries(bundle.index(), bundle.width()), entriesOf(bundle, leaves));
        }
        for (TileId tile : TilePaths.tiles(size)) {
            writeOnce(TilePaths.tile(tile.level(), tile.index(), tile.width()), tile.of(tree));
        }
        replace(TilePaths.CHECKPOINT, signed.bytes());
        removeOldPartials(size);
    }

    private static byte[] entriesOf(TileId bundle, LongFunction<byte[]> leaves) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < bundle.width(); i++) {
            EntryBundle.write(leaves.apply(bundle.firstHash() + i), out);
        }
        return out.toByteArray();
    }

    /** The content of a path never changes, but a file may have been cut off or tampered with. */
    private void writeOnce(String path, byte[] content) throws IOException {
        Path file = folder.resolve(path);
        if (!Files.exists(file) || !java.util.Arrays.equals(Files.readAllBytes(file), content)) {
            replace(path, content);
        }
    }

    private void replace(String path, byte[] content) throws IOException {
        Path file = folder.resolve(path);
        Path parent = file.getParent();
        Files.createDirectories(parent == null ? folder : parent);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, content);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void removeOldPartials(long size) throws IOException {
        Path tiles = folder.resolve("tile");
        if (!Files.isDirectory(tiles)) {
            return;
        }
        Set<Path> wanted = new HashSet<>();
        TilePaths.all(size).forEach(path -> wanted.add(folder.resolve(path)));
        List<Path> partialFolders;
        try (Stream<Path> all = Files.walk(tiles)) {
            partialFolders = all.filter(path -> path.toString().endsWith(".p") && Files.isDirectory(path))
                    .collect(Collectors.toList());
        }
        for (Path partialFolder : partialFolders) {
            removeUnwanted(partialFolder, wanted);
        }
    }

    private static void removeUnwanted(Path partialFolder, Set<Path> wanted) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(partialFolder)) {
            files = listed.collect(Collectors.toList());
        }
        boolean empty = true;
        for (Path file : files) {
            if (wanted.contains(file)) {
                empty = false;
            } else {
                Files.delete(file);
            }
        }
        if (empty) {
            Files.delete(partialFolder);
        }
    }
}
