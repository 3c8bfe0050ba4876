package io.kryla.factory.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Holds a ledger's folder for one process; the operating system lets go of it when the process dies. */
final class FolderLock implements AutoCloseable {
    private static final String FILE_NAME = "ledger.lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static FolderLock acquire(Path folder) {
        Path file = folder.resolve(FILE_NAME);
        FileChannel channel = null;
        try {
            Files.createDirectories(folder);
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new FolderLock(channel);
            }
            closeQuietly(channel);
            throw busy(folder);
        } catch (OverlappingFileLockException e) {
            closeQuietly(channel);
            throw busy(folder);
        } catch (IOException | ReadOnlyFileSystemException e) {
            closeQuietly(channel);
            throw FileFault.translate(folder, e);
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    private static LedgerException busy(Path folder) {
        return new LedgerException(
                LedgerException.LEDGER_BUSY,
                folder + ": the ledger is open in another process; close that one, then repeat",
                true);
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // closing a lock file that was never written loses nothing
        }
    }
}
