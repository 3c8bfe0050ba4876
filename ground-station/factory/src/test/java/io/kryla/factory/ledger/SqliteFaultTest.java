package io.kryla.factory.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.factory.ledger.LedgerBuilder.LedgerConfiguration;
import io.kryla.factory.testline.Leaves;
import io.kryla.factory.testline.TestLine;
import io.kryla.factory.witness.WitnessClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator meets when the disk is not what it should be; the database itself reports each fault. */
class SqliteFaultTest {
    @TempDir
    Path folder;

    private TestLine line;

    @BeforeEach
    void openLine() {
        line = TestLine.withQuota(folder, 50);
    }

    @AfterEach
    void closeLine() {
        line.close();
    }

    @Test
    void aFullDiskRefusesTheClaimWholeAndTheNextOneSucceeds() {
        SqliteLedgerStore store = replaceStore();
        store.limitPages(1); // SQLite takes this as "no more than there are now"

        String last = claimUntilFull();
        int unitsWhenFull = line.ledger.units().size();
        store.limitPages(100_000);

        assertThat(line.claim(last)).isInstanceOf(ClaimResult.Granted.class);
        assertThat(line.ledger.units()).hasSize(unitsWhenFull + 1);
        assertThat(line.ledger.units()).extracting(Unit::serial).doesNotHaveDuplicates();
    }

    @Test
    void aFullDiskNeverLeavesHalfALeaf() {
        String serial = line.install("A");
        SqliteLedgerStore store = replaceStore();
        store.limitPages(1);
        byte[] large = new byte[1 << 16];

        assertThatThrownBy(() -> line.ledger.append(Leaves.born(serial, "A"), Map.of("birth-record", large)))
                .isInstanceOfSatisfying(
                        LedgerException.class, e -> assertThat(e.code()).isEqualTo("STORAGE_FULL"));

        assertThat(line.ledger.size()).isZero();
        assertThat(line.ledger.unit(serial).orElseThrow().state()).isEqualTo(UnitState.INSTALLED);
        assertThat(line.ledger.document(serial, "birth-record")).isEmpty();
        store.limitPages(100_000);
        assertThat(TestLine.append(line.ledger.append(Leaves.born(serial, "A"), Map.of("birth-record", large))))
                .isZero();
    }

    @Test
    void aReadOnlyDiskStillAnswersAndRecordsNothing() {
        String serial = line.bear("A");
        replaceStore().refuseWrites();

        assertThatThrownBy(() -> line.claim("B"))
                .isInstanceOfSatisfying(
                        LedgerException.class, e -> assertThat(e.code()).isEqualTo("STORAGE_READ_ONLY"));
        assertThat(line.ledger.unit(serial).orElseThrow().state()).isEqualTo(UnitState.BORN);
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("a-file"), "");

        assertThatThrownBy(() ->
                        line.ledgerBuilder().folder(file.resolve("ledger")).open())
                .isInstanceOfSatisfying(
                        LedgerException.class, e -> assertThat(e.getMessage()).contains("a-file"));
    }

    @Test
    void aFileThatIsNoDatabaseIsCorrupt() throws Exception {
        line.close();
        Path database = line.ledgerFolder().resolve(SqliteLedgerStore.FILE_NAME);
        Files.writeString(database, "x".repeat(8192), StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> line.ledgerBuilder().open())
                .isInstanceOfSatisfying(
                        LedgerException.class, e -> assertThat(e.code()).isEqualTo("LEDGER_CORRUPT"));
        Files.delete(database);
        line.reopenLedger();
    }

    @Test
    void aChangedLeafIsFoundWhenTheLedgerIsOpened() throws Exception {
        line.bear("A");
        line.close();
        tamper("DROP TRIGGER leaf_is_final", "UPDATE leaf SET bytes = x'00'");

        assertThatThrownBy(() -> line.ledgerBuilder().open())
                .isInstanceOfSatisfying(
                        LedgerException.class, e -> assertThat(e.code()).isEqualTo("LEDGER_CORRUPT"));
        tamper("DROP TRIGGER leaf_stays", "DELETE FROM leaf");
        line.reopenLedger();
    }

    @Test
    void aCutOffLeafIsFoundByTheCosignedCheckpoint() throws Exception {
        line.bear("A");
        line.ledger.cosign();
        line.close();
        tamper("DROP TRIGGER leaf_stays", "DELETE FROM leaf");

        assertThatThrownBy(() -> line.ledgerBuilder().open())
                .isInstanceOfSatisfying(
                        LedgerException.class, e -> assertThat(e.code()).isEqualTo("LEDGER_CORRUPT"));
        tamper("DELETE FROM cosigned_checkpoint");
        line.reopenLedger();
    }

    @Test
    void aLedgerOfAnotherLineIsForeign() throws Exception {
        line.close();
        tamper("UPDATE ledger SET line = 'GB-01'");

        assertThatThrownBy(() -> line.ledgerBuilder().open())
                .isInstanceOfSatisfying(
                        LedgerException.class, e -> assertThat(e.code()).isEqualTo("LEDGER_FOREIGN"));
        tamper("UPDATE ledger SET line = 'DE-01'");
        line.reopenLedger();
    }

    private String claimUntilFull() {
        for (int board = 0; board < 50; board++) {
            String name = "board " + board;
            int before = line.ledger.units().size();
            try {
                line.claim(name);
            } catch (LedgerException e) {
                assertThat(e.code()).isEqualTo("STORAGE_FULL");
                assertThat(e.retryable()).isTrue();
                assertThat(line.ledger.units()).hasSize(before);
                return name;
            }
        }
        throw new AssertionError("the disk never filled");
    }

    /** The same ledger over a store that the test keeps a hand on. */
    private SqliteLedgerStore replaceStore() {
        line.ledger.close();
        SqliteLedgerStore store = SqliteLedgerStore.open(line.ledgerFolder());
        line.ledger = LineLedger.open(configuration(line, request -> line.witness.exchange(request)), store);
        return store;
    }

    static LedgerConfiguration configuration(TestLine line, WitnessClient witness) {
        return new LedgerConfiguration(
                LedgerDatabase.inFolder(line.ledgerFolder()),
                line.licensor.line(),
                line.licensor.bundle,
                line.licensor.ledgerKey,
                line.clock,
                List.of(witness));
    }

    private void tamper(String... statements) throws SQLException {
        Path database = line.ledgerFolder().resolve(SqliteLedgerStore.FILE_NAME);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
