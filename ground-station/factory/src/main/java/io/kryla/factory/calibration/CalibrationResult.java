package io.kryla.factory.calibration;

import io.kryla.v1.MeasuredValue;
import java.util.List;

/** What came of a sensor's samples. */
public sealed interface CalibrationResult {
    /**
     * The correction, and how good it is.
     *
     * @param quality measurements that a plan gives limits to
     */
    record Computed(AxisCorrection correction, List<MeasuredValue> quality) implements CalibrationResult {
        public Computed {
            quality = List.copyOf(quality);
        }
    }

    /** The samples do not say how to correct the sensor. */
    record Impossible(String reason) implements CalibrationResult {}
}
