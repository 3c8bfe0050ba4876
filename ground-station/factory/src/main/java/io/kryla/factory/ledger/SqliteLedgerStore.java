package io.kryla.factory.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A ledger in one SQLite file: write-ahead log, synchronous FULL (a commit is on the medium when it returns), every write
 * begun IMMEDIATE. One connection: the ledger has one writer, and readers wait microseconds for it.
 */
final class SqliteLedgerStore implements LedgerStore {
    static final String FILE_NAME = "ledger.sqlite";
    private static final String MIGRATIONS = "classpath:io/kryla/factory/ledger/sqlite";
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    private final FolderLock folderLock;
    private final Path file;
    private final Connection connection;
    private final Jdbi jdbi;

    private SqliteLedgerStore(FolderLock folderLock, Path file, Connection connection) {
        this.folderLock = folderLock;
        this.file = file;
        this.connection = connection;
        this.jdbi = Jdbi.create(connection);
    }

    /**
     * Opens the file for this process alone, makes it if it is not there, and migrates it to this version's schema.
     *
     * @throws LedgerException LEDGER_BUSY when another process has it open
     */
    static SqliteLedgerStore open(Path folder) {
        FolderLock folderLock = FolderLock.acquire(folder);
        try {
            return open(folder, folderLock);
        } catch (RuntimeException e) {
            folderLock.close();
            throw e;
        }
    }

    private static SqliteLedgerStore open(Path folder, FolderLock folderLock) {
        Path file = folder.resolve(FILE_NAME);
        SQLiteDataSource source = dataSource(file);
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations(MIGRATIONS)
                    .communityDBSupportEnabled(true)
                    .load()
                    .migrate();
            return new SqliteLedgerStore(folderLock, file, source.getConnection());
        } catch (FlywayException | SQLException e) {
            throw SqliteFault.translate(file, e);
        }
    }

    private static SQLiteDataSource dataSource(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    @Override
    public <T> T read(Function<View, T> work) {
        try (Handle handle = jdbi.open()) {
            return work.apply(new SqlTransaction(handle));
        } catch (JdbiException e) {
            throw SqliteFault.translate(file, e);
        }
    }

    @Override
    public <T> T write(Function<Transaction, T> work) {
        try (Handle handle = jdbi.open()) {
            return handle.inTransaction(transaction -> work.apply(new SqlTransaction(transaction)));
        } catch (JdbiException e) {
            throw SqliteFault.translate(file, e);
        }
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public String name() {
        return file.toString();
    }

    /** For tests: the disk is full at this many pages of 4 KiB. */
    void limitPages(int pages) {
        execute("PRAGMA max_page_count = " + pages);
    }

    /** For tests: what a file system mounted read-only answers. */
    void refuseWrites() {
        execute("PRAGMA query_only = ON");
    }

    private void execute(String pragma) {
        try (Handle handle = jdbi.open()) {
            handle.execute(pragma);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw SqliteFault.translate(file, e);
        } finally {
            folderLock.close();
        }
    }
}
