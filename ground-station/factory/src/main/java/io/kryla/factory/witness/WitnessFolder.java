package io.kryla.factory.witness;

import io.kryla.keys.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A witness's durable state: for each ledger a folder with every request that was cosigned, numbered, one file each.
 *
 * <p>A file appears whole or not at all, and is on the medium before {@link #append} returns.
 */
final class WitnessFolder implements AutoCloseable {
    private static final String SUFFIX = ".request";
    private static final int ORIGIN_DIGITS = 16;

    private final Path folder;
    private final FileChannel lock;

    private WitnessFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static WitnessFolder open(Path folder) {
        FileChannel channel = null;
        try {
            Files.createDirectories(folder);
            channel = FileChannel.open(
                    folder.resolve("witness.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return new WitnessFolder(folder, channel);
            }
            channel.close();
        } catch (OverlappingFileLockException e) {
            closeQuietly(channel);
        } catch (IOException e) {
            throw failed(folder, e);
        }
        throw new WitnessException(
                WitnessException.WITNESS_BUSY,
                folder + ": the witness is running in another process; close that one, then repeat",
                true);
    }

    /** Every request of a ledger that was cosigned, in order. */
    List<byte[]> requests(String origin) {
        List<byte[]> requests = new ArrayList<>();
        for (Path file : files(ledgerFolder(origin))) {
            try {
                requests.add(Files.readAllBytes(file));
            } catch (IOException e) {
                throw failed(file, e);
            }
        }
        return requests;
    }

    private static List<Path> files(Path ledger) {
        if (!Files.isDirectory(ledger)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(ledger)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw failed(ledger, e);
        }
    }

    /** Makes one more request durable. */
    void append(String origin, byte[] request) {
        Path ledger = ledgerFolder(origin);
        try {
            Files.createDirectories(ledger);
            int number = files(ledger).size() + 1;
            Path file = ledger.resolve(String.format(Locale.ROOT, "%010d", number) + SUFFIX);
            Path unfinished = ledger.resolve("unfinished");
            try (FileChannel out = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(request);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            syncFolder(ledger);
            syncFolder(folder);
        } catch (IOException e) {
            throw failed(ledger, e);
        }
    }

    @Override
    public void close() {
        closeQuietly(lock);
    }

    private Path ledgerFolder(String origin) {
        String name = Digest.sha256(origin.getBytes(StandardCharsets.UTF_8)).hex();
        return folder.resolve(name.substring(0, ORIGIN_DIGITS));
    }

    private static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static WitnessException failed(Path where, IOException e) {
        return new WitnessException(
                WitnessException.STORAGE_FAILED,
                where + ": nothing was cosigned (" + e.getClass().getSimpleName() + ": " + e.getMessage()
                        + "); check room, mount and permissions",
                false,
                e);
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
