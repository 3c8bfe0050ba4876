package io.kryla.station.folder;

import io.kryla.station.outcome.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of results that comes into being whole, or not at all, with a workshop for as long as the work goes on.
 *
 * <p>All of it lies in one hidden sibling of the target, readable to its owner only, which is gone when this is closed; what
 * a killed run left is swept away by the next. One run a target at a time.
 */
public final class StagedFolder implements AutoCloseable {
    private final Path target;
    private final Path work;
    private final TargetLock lock;

    private StagedFolder(Path target, TargetLock lock) {
        this.target = target;
        this.work = workOf(target);
        this.lock = lock;
    }

    /**
     * Begins work on {@code target}, which must be absent, empty, or with {@code replace} an earlier result.
     *
     * @param ours names that a result can have in it: a folder with anything else is never replaced
     * @throws CommandFailure FOLDER_NOT_EMPTY, FOLDER_BUSY
     */
    public static StagedFolder begin(Path target, Set<String> ours, boolean replace) {
        Path absolute = target.toAbsolutePath().normalize();
        if (absolute.getFileName() == null) {
            throw notEmpty("the root folder", absolute, "choose another folder");
        }
        try {
            TargetLock lock = TargetLock.acquire(absolute);
            try {
                restore(absolute);
                refuse(absolute, ours, replace);
                StagedFolder staged = new StagedFolder(absolute, lock);
                staged.prepare();
                return staged;
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path workOf(Path target) {
        return target.resolveSibling("." + target.getFileName() + ".work");
    }

    /** A run that was killed between the two renames of {@link #commit} has taken the earlier result away. */
    private static void restore(Path target) throws IOException {
        Path old = workOf(target).resolve("old");
        if (Files.exists(old) && !Files.exists(target)) {
            Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void refuse(Path target, Set<String> ours, boolean replace) throws IOException {
        if (!Files.exists(target) || FolderTree.isEmptyFolder(target)) {
            return;
        }
        if (!Files.isDirectory(target) || !holdsOnly(target, ours)) {
            throw notEmpty("it holds something else", target, "choose another folder; nothing was touched");
        }
        if (!replace) {
            throw notEmpty("it holds an earlier result", target, "add --replace, or choose another folder");
        }
    }

    private static boolean holdsOnly(Path folder, Set<String> names) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.allMatch(entry -> names.contains(entry.getFileName().toString()));
        }
    }

    private static CommandFailure notEmpty(String what, Path target, String remedy) {
        return CommandFailure.usage("FOLDER_NOT_EMPTY", what, target.toString(), remedy);
    }

    private void prepare() throws IOException {
        FolderTree.delete(work);
        Files.createDirectory(work, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createDirectory(folder());
    }

    /** Where the results go until they are whole. */
    public Path folder() {
        return work.resolve("staged");
    }

    /** For what the work needs and nobody after it. */
    public Path workshop() {
        return work.resolve("workshop");
    }

    /** Puts the results in place. */
    public void commit() {
        try {
            if (Files.exists(target)) {
                Files.move(target, work.resolve("old"), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(folder(), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (lock) {
            FolderTree.delete(work);
        }
    }
}
