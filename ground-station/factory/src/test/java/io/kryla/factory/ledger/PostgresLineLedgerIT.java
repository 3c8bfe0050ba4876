package io.kryla.factory.ledger;

import io.kryla.factory.testline.TestPostgres;

class PostgresLineLedgerIT extends LineLedgerContract {
    @Override
    LedgerDatabase database() {
        return TestPostgres.shared().emptyDatabase();
    }
}
