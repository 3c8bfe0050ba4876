package io.kryla.factory.ledger;

import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** A server, a database on it and who connects; shown without the password. */
final class PostgresAddress {
    /** A process that stands still in a transaction holds up the line no longer than this. */
    private static final String SESSION_OPTIONS = "-c synchronous_commit=on -c lock_timeout=15s"
            + " -c idle_in_transaction_session_timeout=10s -c statement_timeout=60s";

    private static final int CONNECT_TIMEOUT_SECONDS = 5;
    /** Longer than any statement may take. */
    private static final int SOCKET_TIMEOUT_SECONDS = 75;

    private final String url;
    private final String name;
    private final String user;
    private final char[] password;

    private PostgresAddress(String url, String name, String user, char[] password) {
        this.url = url;
        this.name = name;
        this.user = user;
        this.password = password.clone();
    }

    static PostgresAddress of(String url, String user, char[] password) {
        Properties parsed = url.startsWith("jdbc:postgresql:") ? Driver.parseURL(url, new Properties()) : null;
        if (parsed == null) {
            throw fault("no address of a PostgreSQL database", "give jdbc:postgresql://localhost:5432/database");
        }
        if (parsed.containsKey(PGProperty.PASSWORD.getName()) || parsed.containsKey(PGProperty.USER.getName())) {
            throw fault(
                    "the address holds a user or a password",
                    "give them beside it, where no list of processes shows them");
        }
        String name = "postgresql database " + PGProperty.PG_DBNAME.getOrDefault(parsed) + " on "
                + PGProperty.PG_HOST.getOrDefault(parsed) + ":" + PGProperty.PG_PORT.getOrDefault(parsed);
        return new PostgresAddress(url, name, user, password);
    }

    PGSimpleDataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(new String(password));
        source.setOptions(SESSION_OPTIONS);
        source.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
        source.setSocketTimeout(SOCKET_TIMEOUT_SECONDS);
        source.setApplicationName("kryla-ledger");
        return source;
    }

    String name() {
        return name;
    }

    @Override
    public String toString() {
        return name + " as " + user;
    }

    private static LedgerException fault(String what, String whatToDo) {
        return new LedgerException(LedgerException.LEDGER_ADDRESS, what + "; " + whatToDo, false);
    }
}
