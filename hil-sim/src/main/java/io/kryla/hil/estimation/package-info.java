/**
 * Where a flight controller believes it is: an error-state Kalman filter over sensor readings alone. Imports
 * {@code readings} and {@code geometry}; never {@code physics}. Start at
 * {@link io.kryla.hil.estimation.NavigationFilter}.
 */
@NullMarked
package io.kryla.hil.estimation;

import org.jspecify.annotations.NullMarked;
