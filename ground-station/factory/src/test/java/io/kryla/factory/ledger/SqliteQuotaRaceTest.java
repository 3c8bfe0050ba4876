package io.kryla.factory.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteQuotaRaceTest extends QuotaRaceContract {
    @TempDir
    Path database;

    @Override
    LedgerDatabase database() {
        return LedgerDatabase.inFolder(database);
    }
}
