package io.kryla.ground.line;

import io.kryla.identity.fixture.TestLicensor;
import io.kryla.v1.LeafProof;
import io.kryla.v1.LedgerLeaf;
import java.time.Instant;

/** The ledger of the test's line, a leaf at a time. */
public final class TestLedger {
    public static final String ORIGIN = TestLicensor.LEDGER_ORIGIN;

    private final TestLicensor licensor;

    TestLedger(TestLicensor licensor) {
        this.licensor = licensor;
    }

    /** Appends the leaf and proves it under a checkpoint that the witness has cosigned. */
    public LeafProof appendCosigned(LedgerLeaf leaf, Instant at) {
        long index = licensor.ledger().append(leaf);
        return licensor.ledger().proof(leaf, index, licensor.ledger().cosigned(at));
    }

    /** As {@link #appendCosigned}, before the witness has seen it. */
    public LeafProof appendLineSigned(LedgerLeaf leaf) {
        long index = licensor.ledger().append(leaf);
        return licensor.ledger().proof(leaf, index, licensor.ledger().checkpoint());
    }
}
