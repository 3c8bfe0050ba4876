package io.kryla.station.folder;

import io.kryla.station.outcome.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A folder of results that comes into being whole, or not at all. */
public final class StagedFolder implements AutoCloseable {
    private final Path target;
    private final WorkFolder work;

    private StagedFolder(Path target, WorkFolder work) {
        this.target = target;
        this.work = work;
    }

    /**
     * Begins work on {@code target}, which must be absent, empty, or with {@code replace} an earlier result.
     *
     * @param mark file by which an earlier result is known
     * @throws CommandFailure FOLDER_NOT_EMPTY
     */
    public static StagedFolder begin(Path target, String mark, boolean replace) {
        Path absolute = target.toAbsolutePath().normalize();
        boolean earlier = Files.exists(absolute.resolve(mark));
        if (Files.exists(absolute) && !FolderTree.isEmptyFolder(absolute) && !(earlier && replace)) {
            throw CommandFailure.usage(
                    "FOLDER_NOT_EMPTY",
                    earlier ? "the folder holds an earlier result" : "the folder holds something else",
                    target.toString(),
                    earlier ? "add --replace, or choose another folder" : "choose another folder");
        }
        return new StagedFolder(absolute, WorkFolder.beside(absolute));
    }

    /** Where the results go until they are whole. */
    public Path folder() {
        return work.root().resolve("staged");
    }

    /** Puts the results in place. */
    public void commit() {
        try {
            if (Files.exists(target)) {
                Files.move(target, work.root().resolve("old"), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(folder(), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        work.close();
    }
}
