package io.kryla.station.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A hidden folder for the length of some work, deleted with all that is in it when the work is over. */
public record WorkFolder(Path root) implements AutoCloseable {

    /** Makes one beside {@code target}, on the same disk; readable to its owner only. */
    public static WorkFolder beside(Path target) {
        Path absolute = target.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute.getParent());
            return new WorkFolder(Files.createTempDirectory(
                    absolute.getParent(),
                    "." + absolute.getFileName() + ".work",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public PrivateFolder privateFolder() {
        return new PrivateFolder(root.resolve("private"));
    }

    @Override
    public void close() {
        FolderTree.delete(root);
    }
}
