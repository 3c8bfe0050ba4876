package io.kryla.factory.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * A ledger in a PostgreSQL database that several processes of the line share.
 *
 * <p>Every write begins with one advisory lock, so that there is one writer at a time and each sees all that was
 * committed before: the order of the leaves is the order of the commits. A process that dies or stands still in its write loses
 * its transaction and the lock (the session's time-outs, {@link PostgresAddress}).
 */
final class PostgresLedgerStore implements LedgerStore {
    private static final String MIGRATIONS = "classpath:io/kryla/factory/ledger/postgresql";
    /** "krylaldg": one ledger a database, so one number is enough. */
    static final long WRITER_LOCK = 0x6b72796c616c6467L;

    private static final long CONNECTION_TIMEOUT_MILLIS = 5_000;

    private final String name;
    private final HikariDataSource connections;
    private final Jdbi jdbi;

    private PostgresLedgerStore(String name, HikariDataSource connections) {
        this.name = name;
        this.connections = connections;
        this.jdbi = Jdbi.create(connections);
    }

    /** Connects, checks that the server keeps what it acknowledges, and migrates the tables to this version's schema. */
    static PostgresLedgerStore open(PostgresAddress address) {
        HikariDataSource connections = null;
        try {
            connections = new HikariDataSource(pool(address));
            PostgresLedgerStore store = new PostgresLedgerStore(address.name(), connections);
            store.requireDurable();
            // A source of its own: the migration holds its lock on one connection and works on another.
            Flyway.configure()
                    .dataSource(address.dataSource())
                    .locations(MIGRATIONS)
                    .load()
                    .migrate();
            return store;
        } catch (PoolInitializationException | FlywayException | JdbiException e) {
            closeIfOpen(connections);
            throw PostgresFault.translate(address.name(), e);
        } catch (LedgerException e) {
            closeIfOpen(connections);
            throw e;
        }
    }

    /** One connection, and a new one when it breaks: the ledger asks one thing at a time. */
    private static HikariConfig pool(PostgresAddress address) {
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(address.dataSource());
        pool.setPoolName("kryla-ledger");
        pool.setMaximumPoolSize(1);
        pool.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        return pool;
    }

    private void requireDurable() {
        for (String setting : new String[] {"fsync", "full_page_writes"}) {
            String value = jdbi.withHandle(handle ->
                    handle.createQuery("SHOW " + setting).mapTo(String.class).one());
            if (!value.equals("on")) {
                throw new LedgerException(
                        LedgerException.STORAGE_NOT_DURABLE,
                        name + ": the server's " + setting + " is " + value
                                + ", so that it can lose what it acknowledged; set it on in postgresql.conf",
                        false);
            }
        }
    }

    @Override
    public <T> T read(Function<View, T> work) {
        try (Handle handle = jdbi.open()) {
            return handle.inTransaction(
                    TransactionIsolationLevel.REPEATABLE_READ,
                    transaction -> work.apply(new SqlTransaction(transaction)));
        } catch (JdbiException e) {
            throw PostgresFault.translate(name, e);
        }
    }

    @Override
    public <T> T write(Function<Transaction, T> work) {
        try (Handle handle = jdbi.open()) {
            return handle.inTransaction(TransactionIsolationLevel.READ_COMMITTED, transaction -> {
                transaction.execute("SELECT pg_advisory_xact_lock(?)", WRITER_LOCK);
                return work.apply(new SqlTransaction(transaction));
            });
        } catch (JdbiException e) {
            throw PostgresFault.translate(name, e);
        }
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        connections.close();
    }

    private static void closeIfOpen(@Nullable HikariDataSource connections) {
        if (connections != null) {
            connections.close();
        }
    }
}
