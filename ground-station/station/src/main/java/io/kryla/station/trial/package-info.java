/**
 * Trials that a line has to stand: many stations that race for its last units while its services are killed and stand still, and
 * a checker that holds what they were answered against what the ledger kept.
 *
 * <p>Works on lines that it founds for the purpose. Start reading at {@link io.kryla.station.trial.Race}.
 */
@NullMarked
package io.kryla.station.trial;

import org.jspecify.annotations.NullMarked;
