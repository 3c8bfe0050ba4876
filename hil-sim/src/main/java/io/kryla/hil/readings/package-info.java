/**
 * What sensors hand to a flight controller, and all that a controller may know of the world. Imports nothing of ours.
 * Start at {@link io.kryla.hil.readings.SensorReadings}.
 */
@NullMarked
package io.kryla.hil.readings;

import org.jspecify.annotations.NullMarked;
