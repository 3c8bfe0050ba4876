package io.kryla.airframe;

import io.kryla.keys.KrylaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A folder with one file an entry. A write goes to a file beside, is forced to the medium, and takes the entry's name in
 * one step; then the folder is forced too.
 */
public final class FolderStorage implements AirframeStorage {
    private final Path folder;

    private FolderStorage(Path folder) {
        this.folder = folder;
    }

    /** Creates the folder when it is absent. */
    public static FolderStorage in(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw failed("create folder " + folder, e);
        }
        return new FolderStorage(folder);
    }

    @Override
    public synchronized Optional<byte[]> read(StorageEntry entry) {
        try {
            return Optional.of(Files.readAllBytes(folder.resolve(entry.fileName())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read " + entry, e);
        }
    }

    @Override
    public synchronized void write(StorageEntry entry, byte[] content) {
        Path fresh = folder.resolve(entry.fileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, folder.resolve(entry.fileName()), StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        } catch (IOException e) {
            throw failed("write " + entry, e);
        }
    }

    private static KrylaException failed(String what, IOException cause) {
        return new KrylaException(
                "STORAGE_FAILED",
                "airframe storage could not " + what + ": " + cause.getMessage()
                        + "; check the medium and its free space",
                false,
                cause);
    }
}
