package io.kryla.factory.ledger;

import io.kryla.factory.testline.Leaves;
import io.kryla.factory.testline.TestLicensor;
import io.kryla.factory.testline.TestLine;
import io.kryla.identity.VerifiedLicense;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.v1.FlightOutcome;
import io.kryla.v1.LedgerLeaf;
import java.util.List;
import java.util.Optional;

/** One unit with very many attempts, without a database below. */
final class LeavesInMemory implements Cosigning.Leaves {
    private static final String SERIAL = "KRY08DE100001";

    private final LeafLog log = LeafLog.empty(TestLicensor.ORIGIN);
    private final List<VerifiedLicense> licenses;
    private Optional<SignedCheckpoint> cosigned = Optional.empty();

    LeavesInMemory(TestLine line, int oddSize) {
        licenses = List.of(line.ledger.license().orElseThrow());
        add(Leaves.born(SERIAL, "A"));
        for (int attempt = 1; log.size() < oddSize; attempt++) {
            add(Leaves.opened(SERIAL, attempt, "nonce " + attempt));
            add(Leaves.closed(SERIAL, log.size() - 1, FlightOutcome.FLIGHT_OUTCOME_ERROR, attempt));
        }
    }

    private void add(LedgerLeaf leaf) {
        log.committed(leaf.toBuilder()
                .setRecordedAtUnixMillis(TestLicensor.START.toEpochMilli())
                .build()
                .toByteArray());
    }

    @Override
    public Cosigning.Batch batch(long from, long atMost) {
        return Cosigning.Batch.of(log, from, atMost, licenses, List.of());
    }

    @Override
    public long size() {
        return log.size();
    }

    @Override
    public Optional<SignedCheckpoint> cosigned() {
        return cosigned;
    }

    @Override
    public void cosigned(SignedCheckpoint checkpoint) {
        cosigned = Optional.of(checkpoint);
    }
}
