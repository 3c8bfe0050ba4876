/**
 * A line's ledger: quota, serials, states and documents of units, and the transparency log over their leaves.
 *
 * <p>May import replay, license, witness and sdk-core; JDBC stays behind {@code LedgerStore}. Start reading at {@link io.kryla.factory.ledger.LineLedger}.
 */
@NullMarked
package io.kryla.factory.ledger;

import org.jspecify.annotations.NullMarked;
