package io.kryla.factory.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.factory.testline.TestLine;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLineLedgerTest extends LineLedgerContract {
    @TempDir
    Path folders;

    private int opened;

    @Override
    LedgerDatabase database() {
        return LedgerDatabase.inFolder(folders.resolve("ledger-" + opened++));
    }

    @Test
    void opensOnceOnly() {
        try (TestLine line = TestLine.in(folders.resolve("once"))) {
            assertThatThrownBy(() -> line.ledgerBuilder().open())
                    .isInstanceOfSatisfying(
                            LedgerException.class, e -> assertThat(e.code()).isEqualTo("LEDGER_BUSY"));
        }
    }
}
