/**
 * Calibration of an airframe's sensors from raw samples: which poses a sensor needs, and offsets and scales out of what it
 * read in them. Pure arithmetic over arrays; least squares by Hipparchus. Imports nothing of Kryla but messages. Start with
 * {@link io.kryla.factory.calibration.Calibrator}.
 */
@NullMarked
package io.kryla.factory.calibration;

import org.jspecify.annotations.NullMarked;
