/**
 * Flies a plan without a demo: a licensor, a line and one unit of its own, made for the flight and thrown away after it.
 *
 * <p>Start reading at {@link io.kryla.station.rig.RigFlight}.
 */
@NullMarked
package io.kryla.station.rig;

import org.jspecify.annotations.NullMarked;
