/**
 * Where a flight controller believes it is: an error-state Kalman filter over sensor readings alone. Imports
 * {@code readings}, {@code geometry} and {@code quantity}; never {@code physics}. Start at
 * {@link io.kryla.hil.estimation.EstimateView}.
 */
@NullMarked
package io.kryla.hil.estimation;

import org.jspecify.annotations.NullMarked;
