/**
 * Judges a flight over two streams of samples, the rig's truth and the airframe's attested telemetry, against the criteria
 * of a plan; and writes the verdict in canonical bytes. Pure: no clock, no chance, no identity. May import {@code
 * io.kryla.hil.scenario}, {@code io.kryla.v1}, {@code io.kryla.mcap}, {@code io.kryla.keys}. Start at {@link
 * io.kryla.hil.verdict.Judge}.
 */
@NullMarked
package io.kryla.hil.verdict;

import org.jspecify.annotations.NullMarked;
