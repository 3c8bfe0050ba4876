/**
 * How work ends, and how it says where it stands: results, findings, failures, progress. Imports nothing. Start at
 * {@link io.kryla.station.outcome.CommandResult}.
 */
@NullMarked
package io.kryla.station.outcome;

import org.jspecify.annotations.NullMarked;
