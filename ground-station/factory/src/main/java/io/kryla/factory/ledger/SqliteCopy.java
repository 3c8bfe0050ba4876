package io.kryla.factory.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Copies of a ledger's SQLite file: made while its process works, and put back while none does. */
final class SqliteCopy {
    private static final int BUSY_TIMEOUT_MILLIS = 30_000;

    private SqliteCopy() {}

    /**
     * Copies the database as it was at one moment; a process that has it open goes on meanwhile.
     *
     * @param copy must not be there
     */
    static void make(Path folder, Path copy) {
        Path file = folder.resolve(SqliteLedgerStore.FILE_NAME);
        requireThere(file);
        Path unfinished = copy.resolveSibling(copy.getFileName() + ".part");
        try {
            Files.deleteIfExists(unfinished);
            try (Connection connection = connect(file);
                    PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
                vacuum.setString(1, unfinished.toString());
                vacuum.execute();
            }
            requireWhole(unfinished);
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-------"));
            sync(unfinished);
            Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
            sync(folderOf(copy));
        } catch (SQLException e) {
            throw SqliteFault.translate(unfinished, e);
        } catch (IOException e) {
            throw FileFault.translate(copy, e);
        }
    }

    /**
     * Puts a copy in the place of a folder's database, all or nothing; what was there stays beside it.
     *
     * @return where the replaced database lies now; its name says that there was one before
     * @throws LedgerException LEDGER_BUSY when a process has the ledger open
     */
    static Path putBack(Path copy, Path folder) {
        requireThere(copy);
        requireWhole(copy);
        try (FolderLock lock = FolderLock.acquire(folder)) {
            Path file = folder.resolve(SqliteLedgerStore.FILE_NAME);
            Path staged = folder.resolve(SqliteLedgerStore.FILE_NAME + ".restored");
            Files.copy(copy, staged, StandardCopyOption.REPLACE_EXISTING);
            sync(staged);
            Path replaced = folder.resolve(SqliteLedgerStore.FILE_NAME + ".replaced");
            if (Files.exists(file)) {
                foldLogIn(file);
                Files.deleteIfExists(replaced);
                Files.createLink(replaced, file);
            }
            Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE);
            sync(folder);
            return replaced;
        } catch (IOException e) {
            throw FileFault.translate(folder, e);
        }
    }

    /** A write-ahead log of the old file must not meet the new one; a damaged one is set aside. */
    private static void foldLogIn(Path file) throws IOException {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            // Damaged, which may be why it is replaced: its log stays readable under another name.
        }
        for (String part : new String[] {"-wal", "-shm"}) {
            Path beside = file.resolveSibling(file.getFileName() + part);
            if (Files.exists(beside)) {
                Files.move(
                        beside,
                        file.resolveSibling(file.getFileName() + ".replaced" + part),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void requireThere(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new LedgerException(
                    LedgerException.LEDGER_MISSING, file + ": no ledger database there; name the right one", false);
        }
    }

    private static void requireWhole(Path file) {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("PRAGMA integrity_check")) {
            if (!answer.next() || !answer.getString(1).equals("ok")) {
                throw new LedgerException(
                        LedgerException.LEDGER_CORRUPT, file + ": the copy is damaged; take another", false);
            }
        } catch (SQLException e) {
            throw SqliteFault.translate(file, e);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source.getConnection();
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("copy: a file expected, got " + file);
        }
        return folder;
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
