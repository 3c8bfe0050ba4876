package io.kryla.factory.testline;

import io.kryla.factory.ledger.LedgerDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL server on a free port of loopback, with databases as many as tests want. */
public final class TestPostgres implements AutoCloseable {
    private static final String USER = "postgres";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static TestPostgres shared;

    private final EmbeddedPostgres server;

    private TestPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /** The one server of this JVM, which ends with it. */
    public static synchronized TestPostgres shared() {
        if (shared == null) {
            shared = start("on");
        }
        return shared;
    }

    /** @param fsync the server's setting of that name */
    public static TestPostgres start(String fsync) {
        try {
            return new TestPostgres(builder(fsync).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server over data that stays when it ends, on a port of the test's. */
    public static TestPostgres start(Path data, int port) {
        try {
            return new TestPostgres(builder("on")
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedPostgres.Builder builder(String fsync) {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", fsync)
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on");
    }

    public LedgerDatabase emptyDatabase() {
        return LedgerDatabase.postgresql(url(newDatabase()), USER, new char[0]);
    }

    /** A new, empty database's name. */
    public String newDatabase() {
        String name = "ledger_" + DATABASES.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name);
        return name;
    }

    public LedgerDatabase ledger(String database) {
        return LedgerDatabase.postgresql(url(database), USER, new char[0]);
    }

    public String url(String database) {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + database;
    }

    public int port() {
        return server.getPort();
    }

    /** As the server's owner. */
    public void execute(String database, String... statements) {
        try (Connection connection = DriverManager.getConnection(url(database), USER, "");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
