package io.kryla.factory.ledger;

import java.nio.file.Path;
import java.util.Objects;

/** Where a ledger lies. */
public final class LedgerDatabase {
    /** Opens what the description names. */
    private interface Opening {
        LedgerStore open();
    }

    private final String name;
    private final Opening opening;

    private LedgerDatabase(String name, Opening opening) {
        this.name = name;
        this.opening = opening;
    }

    /**
     * One SQLite file in a folder that is private to the line's service; made if it is not there. One process at a time.
     */
    public static LedgerDatabase inFolder(Path folder) {
        Objects.requireNonNull(folder, "folder");
        return new LedgerDatabase(folder.toString(), () -> SqliteLedgerStore.open(folder));
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
        return new LedgerDatabase(address.name(), () -> PostgresLedgerStore.open(address));
    }

    LedgerStore open() {
        return opening.open();
    }

    @Override
    public String toString() {
        return name;
    }
}
