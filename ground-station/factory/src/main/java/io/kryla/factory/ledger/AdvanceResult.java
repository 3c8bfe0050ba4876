package io.kryla.factory.ledger;

/** What became of a line-local step. */
public sealed interface AdvanceResult permits AdvanceResult.Advanced, Refused {
    /** The unit is in the new state, durably, with the documents that were given. */
    record Advanced(Unit unit) implements AdvanceResult {}
}
