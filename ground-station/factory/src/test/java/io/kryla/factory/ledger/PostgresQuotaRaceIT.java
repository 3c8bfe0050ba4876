package io.kryla.factory.ledger;

import io.kryla.factory.testline.TestPostgres;

class PostgresQuotaRaceIT extends QuotaRaceContract {
    @Override
    LedgerDatabase database() {
        return TestPostgres.shared().emptyDatabase();
    }
}
