package io.kryla.factory.ledger;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Where a ledger lies. */
public final class LedgerDatabase {
    /** Opens what the description names. */
    private interface Opening {
        LedgerStore open();
    }

    private final String name;
    private final Opening opening;
    private final Optional<Path> folder;

    private LedgerDatabase(String name, Opening opening, Optional<Path> folder) {
        this.name = name;
        this.opening = opening;
        this.folder = folder;
    }

    /**
     * One SQLite file in a folder that is private to the line's service; made if it is not there. One process at a time.
     */
    public static LedgerDatabase inFolder(Path folder) {
        Objects.requireNonNull(folder, "folder");
        return new LedgerDatabase(folder.toString(), () -> SqliteLedgerStore.open(folder), Optional.of(folder));
    }

    /**
     * A PostgreSQL database of the ledger's own, which any number of the line's services share; its tables are made if they are
     * not there. The server must keep what it acknowledged ({@code fsync} and {@code full_page_writes} on).
     *
     * @param url {@code jdbc:postgresql://localhost:5432/database}, with TLS as the driver's {@code sslmode} says
     * @param user role that owns the tables
     * @param password copied; not shown anywhere
     * @throws LedgerException LEDGER_ADDRESS when the url is none of PostgreSQL's or holds a password
     */
    public static LedgerDatabase postgresql(String url, String user, char[] password) {
        PostgresAddress address = PostgresAddress.of(url, user, password);
        return new LedgerDatabase(address.name(), () -> PostgresLedgerStore.open(address), Optional.empty());
    }

    /**
     * Copies the ledger into a file, as it was at one moment; whoever has it open goes on meanwhile.
     *
     * @param copy must not be there; appears whole or not at all
     * @throws LedgerException LEDGER_MISSING, LEDGER_ADDRESS (in PostgreSQL: its own pg_dump copies it), STORAGE_FULL
     */
    public void copyTo(Path copy) {
        SqliteCopy.make(requiredFolder(), copy);
    }

    /**
     * Puts a copy in the ledger's place, all or nothing. Whether it is older than what a witness has seen is for
     * {@link LineLedger#contradiction()} to find.
     *
     * @return where the replaced database lies, if there was one
     * @throws LedgerException LEDGER_MISSING, LEDGER_CORRUPT, LEDGER_BUSY (open elsewhere), LEDGER_ADDRESS
     */
    public Path restoreFrom(Path copy) {
        return SqliteCopy.putBack(copy, requiredFolder());
    }

    private Path requiredFolder() {
        return folder.orElseThrow(() -> new LedgerException(
                LedgerException.LEDGER_ADDRESS,
                name + ": copied and restored by the server's own pg_dump and pg_restore; see docs/backup.md",
                false));
    }

    LedgerStore open() {
        return opening.open();
    }

    @Override
    public String toString() {
        return name;
    }
}
