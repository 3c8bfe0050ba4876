package io.kryla.factory.audit;

import io.kryla.keys.KrylaException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Reads untrusted files: regular ones, up to a size, links not followed. */
final class BoundedFile {
    private BoundedFile() {}

    static Optional<byte[]> read(Path file, int mostBytes) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(mostBytes + 1);
            return content.length <= mostBytes ? Optional.of(content) : Optional.empty();
        } catch (IOException e) {
            throw new KrylaException(
                    "STORAGE_FAILED", "cannot read " + file + ": " + e.getMessage() + "; check the disk", true, e);
        }
    }
}
