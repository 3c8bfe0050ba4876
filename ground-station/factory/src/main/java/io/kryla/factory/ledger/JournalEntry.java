package io.kryla.factory.ledger;

import java.time.Instant;

/**
 * One line of a unit's journal. Entries are never changed or removed.
 *
 * @param sequence grows over all units of the line
 */
public record JournalEntry(long sequence, Instant at, String actorId, String step, String detail) {}
