/**
 * Attitudes as quaternions (body FRD to world NED) and the step from latitude and longitude to local metres, in
 * arithmetic that is exact to the bit on every JVM. Imports only {@code quantity}. Start at
 * {@link io.kryla.hil.geometry.Attitude}.
 */
@NullMarked
package io.kryla.hil.geometry;

import org.jspecify.annotations.NullMarked;
