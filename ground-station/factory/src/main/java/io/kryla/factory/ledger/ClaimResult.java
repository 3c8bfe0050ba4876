package io.kryla.factory.ledger;

/** What became of a claim. */
public sealed interface ClaimResult permits ClaimResult.Granted, Refused {
    /**
     * The key holds this unit, durably.
     *
     * @param resumed the same key had claimed before; nothing was spent now
     */
    record Granted(Unit unit, boolean resumed) implements ClaimResult {}
}
