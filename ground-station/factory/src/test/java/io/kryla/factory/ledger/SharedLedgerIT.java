package io.kryla.factory.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.kryla.factory.testline.Leaves;
import io.kryla.factory.testline.TestLicensor;
import io.kryla.factory.testline.TestLine;
import io.kryla.factory.testline.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several services of one line over one PostgreSQL database, each with a memory of its own. */
class SharedLedgerIT {
    private static final TestPostgres SERVER = TestPostgres.shared();
    private static final int SERVICES = 4;
    private static final int QUOTA = 30;

    @TempDir
    Path folder;

    private String database;
    private TestLine line;
    private final List<LineLedger> services = new ArrayList<>();

    @BeforeEach
    void openServices() {
        database = SERVER.newDatabase();
        line = TestLine.withQuota(folder, SERVER.ledger(database), QUOTA);
        services.add(line.ledger);
        while (services.size() < SERVICES) {
            services.add(line.ledgerBuilder().open());
        }
    }

    @AfterEach
    void closeServices() {
        services.forEach(LineLedger::close);
        line.witness.close();
    }

    @Test
    void eachServiceSeesWhatTheOthersRecorded() {
        String serial = line.bear("A");

        for (LineLedger service : services) {
            assertThat(service.unit(serial).orElseThrow().state()).isEqualTo(UnitState.BORN);
            assertThat(service.leaves(serial)).hasSize(1);
            assertThat(service.license()).isEqualTo(line.ledger.license());
        }
        services.get(1).cosign();
        assertThat(services.get(2).cosignedCheckpoint()).isPresent().isEqualTo(line.ledger.cosignedCheckpoint());
    }

    @Test
    void rulesAreAskedOfWhatIsCommittedAnywhere() {
        String serial = line.install("A");
        TestLine.append(services.get(1).append(Leaves.born(serial, "A"), Map.of()));

        AppendResult second = services.get(2).append(Leaves.born(serial, "A"), Map.of());

        assertThat(LineLedgerContract.refusal(second)).isEqualTo("BAD_STATE");
        assertThat(line.ledger.size()).isEqualTo(1);
    }

    @Test
    void whatIsAdmittedAtOneServiceCountsAtAll() {
        ByteString authorisation = line.admitExportAuthorisation(1);
        String serial = line.accept("A");

        AppendResult transfer = services.get(2)
                .append(
                        Leaves.transfer(serial, "header", "entry 1", "DE-01", TestLicensor.CENTRE, authorisation),
                        Map.of());

        assertThat(TestLine.append(transfer)).isEqualTo(4);
        assertThat(services.get(1).unit(serial).orElseThrow().state()).isEqualTo(UnitState.HANDED_OVER);
    }

    @Test
    void anOlderCopyWithFewerLicensesIsCorrupt() throws SQLException {
        try (Connection restored = PostgresAddress.of(SERVER.url(database), "postgres", new char[0])
                        .dataSource()
                        .getConnection();
                Statement statement = restored.createStatement()) {
            statement.execute("DELETE FROM license");
            statement.execute("UPDATE ledger SET changes = changes + 1");
        }
        assertThatThrownBy(() -> line.ledger.license())
                .isInstanceOfSatisfying(
                        LedgerException.class, e -> assertThat(e.code()).isEqualTo("LEDGER_CORRUPT"));
    }

    @Test
    void servicesThatRaceBearExactlyTheQuotaInOneLog() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SERVICES);
        CyclicBarrier start = new CyclicBarrier(SERVICES);
        List<Future<List<String>>> running = new ArrayList<>();
        try {
            for (int i = 0; i < SERVICES; i++) {
                LineLedger service = services.get(i);
                String name = "service " + i + " board ";
                running.add(threads.submit(() -> {
                    start.await();
                    return bearUntilRefused(service, name);
                }));
            }
            List<String> born = new ArrayList<>();
            for (Future<List<String>> serials : running) {
                born.addAll(serials.get());
            }

            assertThat(born).hasSize(QUOTA).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
        assertThat(line.ledger.size()).isEqualTo(QUOTA);
        Set<Object> checkpoints = new HashSet<>();
        for (LineLedger service : services) {
            assertThat(service.cosign()).isInstanceOf(CosignResult.Cosigned.class);
            checkpoints.add(service.cosignedCheckpoint().orElseThrow());
        }
        assertThat(checkpoints).hasSize(1);
    }

    @Test
    void aWriterThatStandsStillLosesItsTransactionNotTheLedger() throws Exception {
        PostgresAddress address = PostgresAddress.of(SERVER.url(database), "postgres", new char[0]);
        try (Connection paused = address.dataSource().getConnection();
                Statement statement = paused.createStatement()) {
            assertThat(setting(statement, "idle_in_transaction_session_timeout"))
                    .isEqualTo("10s");
            statement.execute("SET idle_in_transaction_session_timeout = '300ms'");
            paused.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(" + PostgresLedgerStore.WRITER_LOCK + ")");

            // Waits for the lock until the server ends the session that holds it and does nothing.
            assertThat(services.get(1).claim(Leaves.digest("key A"), Leaves.digest("hardware A"), "card-1"))
                    .isInstanceOf(ClaimResult.Granted.class);
            assertThatThrownBy(() -> statement.execute("UPDATE license_use SET used = 0"))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(line.ledger.units()).hasSize(1);
    }

    private static String setting(Statement statement, String name) throws SQLException {
        try (ResultSet answer = statement.executeQuery("SHOW " + name)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private static List<String> bearUntilRefused(LineLedger service, String name) {
        List<String> serials = new ArrayList<>();
        for (int board = 0; ; board++) {
            String each = name + board;
            ClaimResult claim =
                    service.claim(Leaves.digest("key " + each), Leaves.digest("hardware " + each), "card-1");
            if (claim instanceof Refused) {
                assertThat(LineLedgerContract.refusal(claim)).isEqualTo("QUOTA_EXHAUSTED");
                return serials;
            }
            String serial = ((ClaimResult.Granted) claim).unit().serial();
            service.advance(serial, UnitState.CERTIFIED, "card-1", Map.of());
            service.advance(serial, UnitState.INSTALLED, "card-1", Map.of());
            TestLine.append(service.append(Leaves.born(serial, each), Map.of()));
            serials.add(serial);
        }
    }
}
