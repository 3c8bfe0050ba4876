package io.kryla.station.line;

import io.kryla.factory.ledger.LedgerDatabase;
import io.kryla.factory.ledger.LineLedger;
import io.kryla.factory.witness.WitnessClient;
import io.kryla.station.folder.FolderTree;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.tlog.SignedCheckpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A copy of what a line cannot do without: its ledger at one moment, and its encrypted keys with their chains. Not the passphrase that
 * opens the keys: a copy that somebody finds must not be a line.
 */
public final class LineBackup {
    private static final String LEDGER = "ledger.sqlite";
    private static final String KEYS = "keys";

    /**
     * What a backup holds.
     *
     * @param size leaves
     * @param cosignedSize leaves under the newest cosigned checkpoint
     */
    public record Contents(int units, long size, long cosignedSize) {}

    private final Premises premises;
    private final String line;
    private final LedgerDatabase database;

    private LineBackup(Premises premises, String line, LedgerDatabase database) {
        this.premises = premises;
        this.line = line;
        this.database = database;
    }

    public static LineBackup of(Premises premises, String line, LedgerDatabase database) {
        return new LineBackup(premises, line, database);
    }

    /**
     * Writes a backup; the line's service may run meanwhile. What was written is opened and verified like any ledger.
     *
     * @param folder appears whole or not at all
     * @throws CommandFailure FILE_EXISTS
     */
    public Contents writeTo(Path folder, Instant at) {
        Path absolute = folder.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        if (parent == null || Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
            throw CommandFailure.usage("FILE_EXISTS", "already there", folder.toString(), "choose another with --out");
        }
        Path work = absolute.resolveSibling("." + absolute.getFileName() + ".part");
        try {
            FolderTree.delete(work);
            Files.createDirectories(parent);
            Files.createDirectory(
                    work, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            database.copyTo(work.resolve(LEDGER));
            copyFiles(premises.privateFolder().line(line).folder(), Files.createDirectory(work.resolve(KEYS)));
            Contents contents = examine(work, WitnessClient.none());
            Files.writeString(work.resolve("README.txt"), text(contents, at), StandardCharsets.UTF_8);
            Files.move(work, absolute, StandardCopyOption.ATOMIC_MOVE);
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            FolderTree.delete(work);
        }
    }

    private String text(Contents contents, Instant at) {
        return "Backup of line " + line + " at " + at + ": " + contents.units() + " units, " + contents.size()
                + " leaves, "
                + contents.cosignedSize() + " of them cosigned.\n"
                + "Put it back with: kryla line restore --dir DIR --line " + line + " --from THIS_FOLDER\n"
                + "The keys are encrypted with the passphrase of the line's private folder, which is not here.\n";
    }

    /**
     * Puts a backup in the ledger's place, after it was verified and the witness had nothing against it. Keys that the line lacks are put
     * back too; none is replaced.
     *
     * @throws CommandFailure LEDGER_ROLLED_BACK, NOT_A_BACKUP; nothing was changed
     */
    public Contents restore(Path folder, WitnessClient witness) {
        if (!Files.isRegularFile(folder.resolve(LEDGER)) || !Files.isDirectory(folder.resolve(KEYS))) {
            throw CommandFailure.usage(
                    "NOT_A_BACKUP",
                    LEDGER + " and " + KEYS + " expected",
                    folder.toString(),
                    "name a folder that kryla line backup made");
        }
        copyFiles(folder.resolve(KEYS), premises.privateFolder().line(line).folder());
        Contents contents = examine(folder, witness);
        database.restoreFrom(folder.resolve(LEDGER));
        return contents;
    }

    /** Opens a copy of the copy, for opening a database writes into it. */
    private Contents examine(Path backup, WitnessClient witness) {
        PrivateFolder secrets = premises.privateFolder();
        Path copy = secrets.line(line).folder().resolve(".examined");
        try {
            FolderTree.delete(copy);
            Files.createDirectories(copy);
            Files.copy(backup.resolve(LEDGER), copy.resolve(LEDGER));
            try (ProductionLine examined =
                    ProductionLine.open(line, premises, witness, Optional.of(LedgerDatabase.inFolder(copy)))) {
                LineLedger ledger = examined.ledger();
                return new Contents(
                        ledger.units().size(),
                        ledger.size(),
                        ledger.cosignedCheckpoint()
                                .flatMap(note -> SignedCheckpoint.parse(note.getBytes(StandardCharsets.UTF_8)))
                                .map(note -> note.checkpoint().size())
                                .orElse(0L));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            FolderTree.delete(copy);
        }
    }

    /** Keys and chains, not what lies below in folders, and nothing over what is there. */
    private static void copyFiles(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            List<Path> plain = files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
            Files.createDirectories(to);
            for (Path file : plain) {
                Path target = to.resolve(file.getFileName().toString());
                if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
