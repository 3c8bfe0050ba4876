package io.kryla.station.folder;

import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.ExitStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** One run at a time on a folder that is being made; a run that was killed holds nothing any more. */
final class TargetLock implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private TargetLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws CommandFailure FOLDER_BUSY */
    static TargetLock acquire(Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Path file = target.resolveSibling("." + target.getFileName() + ".lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new CommandFailure(
                    ExitStatus.ERROR,
                    "FOLDER_BUSY",
                    "another run is at work on this folder",
                    target.toString(),
                    "wait until it ends, or choose another folder");
        }
        return new TargetLock(file, channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
