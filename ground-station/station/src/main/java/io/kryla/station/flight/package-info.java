/**
 * Acceptance flights: a unit, its line's ground and the simulator brought together, and the verdict that anyone can
 * recompute.
 *
 * <p>May import {@code folder}, {@code bench}, {@code line}, the simulator, the ground SDK and the factory. Start reading
 * at {@link io.kryla.station.flight.AcceptanceFlight}.
 */
@NullMarked
package io.kryla.station.flight;

import org.jspecify.annotations.NullMarked;
