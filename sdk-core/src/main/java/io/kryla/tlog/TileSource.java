package io.kryla.tlog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Where the files of a static log come from; what it gives is untrusted. */
public interface TileSource {
    /**
     * Reads one file by its {@linkplain TilePaths relative path}; empty when there is none or it is larger than asked for.
     *
     * @throws IOException when the source itself fails
     */
    Optional<byte[]> read(String path, int mostBytes) throws IOException;

    /** The files below a folder; links are not followed. */
    static TileSource folder(Path folder) {
        return (path, mostBytes) -> {
            Path file = folder.resolve(path);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                byte[] content = in.readNBytes(mostBytes + 1);
                return content.length <= mostBytes ? Optional.of(content) : Optional.empty();
            }
        };
    }
}
