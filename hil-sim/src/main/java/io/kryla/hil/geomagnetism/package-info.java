/**
 * The earth's magnetic field by the World Magnetic Model: what a magnetometer at rest would read, anywhere and at a date.
 * Imports {@code geometry} alone. Start at {@link io.kryla.hil.geomagnetism.WorldMagneticModel}.
 */
@NullMarked
package io.kryla.hil.geomagnetism;

import org.jspecify.annotations.NullMarked;
