/**
 * One production line at work: its ledger, its authority, its station and its desks, opened from the two folders, and the
 * files that it publishes.
 *
 * <p>May import {@code folder}, {@code outcome} and the factory. Start reading at {@link
 * io.kryla.station.line.ProductionLine}.
 */
@NullMarked
package io.kryla.station.line;

import org.jspecify.annotations.NullMarked;
