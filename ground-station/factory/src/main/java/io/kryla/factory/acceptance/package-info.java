/**
 * Acceptance flights at the line (protocol.md §10): an attempt is opened in the ledger before it is flown and closed
 * with whatever became of it; what passed is certified. May import {@code ledger}, {@code provisioning} (names of
 * documents) and sdk-core. Start with {@code AcceptanceDesk}.
 */
@NullMarked
package io.kryla.factory.acceptance;

import org.jspecify.annotations.NullMarked;
