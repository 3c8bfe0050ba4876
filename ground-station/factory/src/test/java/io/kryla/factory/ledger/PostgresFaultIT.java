package io.kryla.factory.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.factory.testline.Leaves;
import io.kryla.factory.testline.TestLine;
import io.kryla.factory.testline.TestPostgres;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator meets when the database server is not what it should be; the server itself reports each fault. */
class PostgresFaultIT {
    private static final TestPostgres SERVER = TestPostgres.shared();

    @TempDir
    Path folder;

    private String database;

    @BeforeEach
    void makeDatabase() {
        database = SERVER.newDatabase();
    }

    @Test
    void aServerThatIsGoneIsUnreachableAndGoesOnWhenItIsBack() {
        Path data = folder.resolve("data");
        TestPostgres server = TestPostgres.start(data, 0);
        int port = server.port();
        String own = server.newDatabase();
        try (TestLine line = TestLine.withQuota(folder, server.ledger(own), 5)) {
            String serial = line.bear("A");
            server.close();

            assertThatThrownBy(() -> line.claim("B")).satisfies(hasCode("LEDGER_UNREACHABLE"));
            server = TestPostgres.start(data, port);

            assertThat(line.claim("B")).isInstanceOf(ClaimResult.Granted.class);
            assertThat(line.ledger.unit(serial).orElseThrow().state()).isEqualTo(UnitState.BORN);
            assertThat(line.ledger.size()).isEqualTo(1);
        } finally {
            server.close();
        }
    }

    @Test
    void aServerThatRefusesWritesStillAnswersAndRecordsNothing() {
        try (TestLine line = TestLine.withQuota(folder, SERVER.ledger(database), 5)) {
            String serial = line.bear("A");
            SERVER.execute("postgres", "ALTER DATABASE " + database + " SET default_transaction_read_only = on");
            endSessions();

            assertThatThrownBy(() -> line.claim("B")).satisfies(hasCode("LEDGER_UNREACHABLE"));
            assertThatThrownBy(() -> line.claim("B")).satisfies(hasCode("STORAGE_READ_ONLY"));
            assertThat(line.ledger.unit(serial).orElseThrow().state()).isEqualTo(UnitState.BORN);
        }
    }

    @Test
    void aServerThatMayLoseWhatItAcknowledgedIsRefused() {
        try (TestPostgres careless = TestPostgres.start("off")) {
            LedgerDatabase empty = careless.emptyDatabase();

            assertFails(() -> TestLine.in(folder, empty), "STORAGE_NOT_DURABLE");
        }
    }

    @Test
    void aServerThatDoesNotKnowTheUserOrTheDatabaseDenies() {
        assertFails(() -> TestLine.in(folder, SERVER.ledger("no_such_ledger")), "LEDGER_DENIED");
        LedgerDatabase nobody = LedgerDatabase.postgresql(SERVER.url(database), "nobody", new char[0]);
        assertFails(() -> TestLine.in(folder, nobody), "LEDGER_DENIED");
    }

    @Test
    void anAddressIsPostgresqlsAndHoldsNoSecret() {
        assertFails(() -> LedgerDatabase.postgresql("jdbc:mysql://localhost/x", "a", new char[0]), "LEDGER_ADDRESS");
        String withPassword = SERVER.url(database) + "?user=a&password=hidden";
        assertThatThrownBy(() -> LedgerDatabase.postgresql(withPassword, "a", new char[0]))
                .satisfies(hasCode("LEDGER_ADDRESS"))
                .hasMessageNotContaining("hidden");
        assertThat(SERVER.ledger(database)).asString().contains(database);
    }

    @Test
    void whatIsRecordedCannotBeChangedByAStatement() {
        try (TestLine line = TestLine.withQuota(folder, SERVER.ledger(database), 5)) {
            line.bear("A");
            for (String statement : new String[] {
                "UPDATE leaf SET bytes = ''",
                "DELETE FROM leaf",
                "TRUNCATE leaf",
                "DELETE FROM journal",
                "UPDATE journal SET step = ''",
                "TRUNCATE journal",
                "DELETE FROM unit"
            }) {
                assertThatThrownBy(() -> SERVER.execute(database, statement))
                        .as(statement)
                        .hasMessageContaining("final");
            }
        }
    }

    @Test
    void aChangedLeafIsFoundWhenTheLedgerIsOpened() {
        TestLine line = TestLine.withQuota(folder, SERVER.ledger(database), 5);
        line.bear("A");
        line.close();
        SERVER.execute(database, "ALTER TABLE leaf DISABLE TRIGGER USER", "UPDATE leaf SET bytes = '\\x00'");

        assertThatThrownBy(() -> line.ledgerBuilder().open()).satisfies(hasCode("LEDGER_CORRUPT"));
    }

    @Test
    void anOlderCopyPutInPlaceIsFoundByTheNextStep() {
        try (TestLine line = TestLine.withQuota(folder, SERVER.ledger(database), 5)) {
            String serial = line.install("A");
            line.ledger.append(Leaves.born(serial, "A"), Map.of());
            SERVER.execute(
                    database,
                    "ALTER TABLE leaf DISABLE TRIGGER USER",
                    "DELETE FROM leaf",
                    "UPDATE ledger SET changes = changes - 1");

            assertThatThrownBy(() -> line.ledger.size()).satisfies(hasCode("LEDGER_CORRUPT"));
        }
    }

    private void endSessions() {
        SERVER.execute(
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
    }

    private static void assertFails(ThrowingCallable deed, String code) {
        assertThatThrownBy(deed).satisfies(hasCode(code));
    }

    private static Consumer<Throwable> hasCode(String code) {
        return thrown -> assertThat(thrown)
                .isInstanceOfSatisfying(
                        LedgerException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
