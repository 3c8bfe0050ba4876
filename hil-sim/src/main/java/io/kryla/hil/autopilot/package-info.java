/**
 * The port to a flight controller and the built-in one, which flies on its own estimator and never sees the true state.
 * Imports {@code readings}, {@code estimation}, {@code control} and {@code quantity}; never {@code physics}. Start at {@link io.kryla.hil.autopilot.FlightController}.
 */
@NullMarked
package io.kryla.hil.autopilot;

import org.jspecify.annotations.NullMarked;
