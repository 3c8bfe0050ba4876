/**
 * Turns the true state into noisy, delayed, faulty readings. Imports {@code physics}, {@code readings}, {@code chance},
 * {@code geometry} and {@code quantity}. Start at {@link io.kryla.hil.sensors.SensorSuite}.
 */
@NullMarked
package io.kryla.hil.sensors;

import org.jspecify.annotations.NullMarked;
