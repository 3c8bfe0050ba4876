package io.kryla.station.folder;

import io.kryla.factory.manifest.PublicFolder;
import io.kryla.station.outcome.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A public folder and its private sibling that come into being together, or not at all.
 *
 * <p>Work goes on in hidden siblings of the target and is renamed into place by {@link #commit}; a run that was cut off
 * leaves the target as it was, and its remains are swept away by the next run. One run a target at a time.
 */
public final class StagedFolders implements AutoCloseable {
    /** Present in every private folder that Kryla made; nothing without it is ever deleted. */
    private static final String MARK = "kryla-private-folder";

    private final Path target;
    private final Path targetPrivate;
    private final PublicFolder stagedPublic;
    private final PrivateFolder stagedPrivate;
    private final TargetLock lock;

    private StagedFolders(Path target, TargetLock lock) {
        this.target = target;
        this.targetPrivate = PrivateFolder.beside(target).root();
        this.stagedPublic = new PublicFolder(target.resolveSibling("." + target.getFileName() + ".staged"));
        this.stagedPrivate = new PrivateFolder(target.resolveSibling("." + target.getFileName() + ".private.staged"));
        this.lock = lock;
    }

    /**
     * Begins work on {@code target}, which must be absent, empty, or with {@code replace} a finished folder of ours.
     *
     * @throws CommandFailure FOLDER_NOT_OURS, DEMO_EXISTS, FOLDER_BUSY
     */
    public static StagedFolders begin(Path target, boolean replace) {
        Path absolute = target.toAbsolutePath().normalize();
        if (absolute.getFileName() == null) {
            throw CommandFailure.usage("FOLDER_NOT_OURS", "the root folder", target.toString(), "choose another --dir");
        }
        try {
            TargetLock lock = TargetLock.acquire(absolute);
            try {
                restore(absolute);
                refuseForeign(absolute, replace);
                StagedFolders staged = new StagedFolders(absolute, lock);
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

    private static void refuseForeign(Path target, boolean replace) throws IOException {
        Path privateTarget = PrivateFolder.beside(target).root();
        boolean ours = Files.exists(privateTarget.resolve(MARK));
        if (Files.exists(privateTarget) && !ours && !FolderTree.isEmptyFolder(privateTarget)) {
            throw foreign(privateTarget);
        }
        if (Files.exists(target) && !FolderTree.isEmptyFolder(target)) {
            if (!ours || !Files.exists(new PublicFolder(target).summary())) {
                throw foreign(target);
            }
            if (!replace) {
                throw CommandFailure.usage(
                        "DEMO_EXISTS",
                        "the folder holds a finished demo",
                        target.toString(),
                        "add --replace to make it anew, or choose another --dir");
            }
        }
    }

    private static CommandFailure foreign(Path folder) {
        return CommandFailure.usage(
                "FOLDER_NOT_OURS",
                "the folder holds something that is not a Kryla demo",
                folder.toString(),
                "choose another --dir; nothing was touched");
    }

    /**
     * A run that was killed between the renames of {@link #commit} has taken the finished folders away: both come back, and
     * what half of the new pair was in place already goes.
     */
    private static void restore(Path target) throws IOException {
        Path privateTarget = PrivateFolder.beside(target).root();
        if (Files.exists(oldOf(target)) && !Files.exists(target)) {
            if (Files.exists(oldOf(privateTarget))) {
                FolderTree.delete(privateTarget);
            }
            moveIfPresent(oldOf(target), target);
        }
        if (!Files.exists(privateTarget)) {
            moveIfPresent(oldOf(privateTarget), privateTarget);
        }
    }

    private static Path oldOf(Path folder) {
        return folder.resolveSibling("." + folder.getFileName() + ".old");
    }

    private void prepare() throws IOException {
        FolderTree.delete(stagedPublic.root());
        FolderTree.delete(stagedPrivate.root());
        Files.createDirectory(stagedPublic.root());
        Files.createDirectory(
                stagedPrivate.root(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(stagedPrivate.root().resolve(MARK));
    }

    public PublicFolder publicFolder() {
        return stagedPublic;
    }

    public PrivateFolder privateFolder() {
        return stagedPrivate;
    }

    /** Renames both folders into place, the old ones out of the way first. */
    public void commit() {
        try {
            Path oldPublic = oldOf(target);
            Path oldPrivate = oldOf(targetPrivate);
            FolderTree.delete(oldPublic);
            FolderTree.delete(oldPrivate);
            moveIfPresent(targetPrivate, oldPrivate);
            moveIfPresent(target, oldPublic);
            Files.move(stagedPrivate.root(), targetPrivate, StandardCopyOption.ATOMIC_MOVE);
            Files.move(stagedPublic.root(), target, StandardCopyOption.ATOMIC_MOVE);
            FolderTree.delete(oldPublic);
            FolderTree.delete(oldPrivate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void moveIfPresent(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Sweeps away what was not committed and lets the next run begin. */
    @Override
    public void close() {
        try (lock) {
            FolderTree.delete(stagedPublic.root());
            FolderTree.delete(stagedPrivate.root());
        }
    }
}
