/**
 * The rules of a line's ledger as one pure state machine: leaves in, findings and totals out (protocol.md §9.4).
 *
 * <p>Line, witness and auditor run the same rules; nothing here reads a clock, a file or a key. May import license and
 * sdk-core's keys and identity. Start reading at {@link io.kryla.factory.replay.LedgerReplay}.
 */
@NullMarked
package io.kryla.factory.replay;

import org.jspecify.annotations.NullMarked;
