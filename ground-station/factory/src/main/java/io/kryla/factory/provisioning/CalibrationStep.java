package io.kryla.factory.provisioning;

import io.kryla.factory.calibration.CalibratedSensor;
import io.kryla.factory.calibration.Calibrator;
import io.kryla.v1.MeasuredValue;
import io.kryla.v1.Measurement;
import java.util.List;
import java.util.Map;

/**
 * One sensor that a plan calibrates before anything is measured.
 *
 * @param samplesPerPose 2 to {@value #MAX_SAMPLES}
 * @param gravityMetersPerSecondSquared at the bench; of the accelerometer alone
 * @param limits on the calibration's qualities ({@link Calibrator}), of names and units that they have
 */
public record CalibrationStep(
        CalibratedSensor sensor,
        int samplesPerPose,
        double gravityMetersPerSecondSquared,
        List<MeasurementLimit> limits) {
    /** A SampleRequest asks for at most so many. */
    public static final int MAX_SAMPLES = 1_000;

    public CalibrationStep {
        limits = List.copyOf(limits);
        if (samplesPerPose < 2 || samplesPerPose > MAX_SAMPLES) {
            throw new IllegalArgumentException(
                    "samplesPerPose: 2 to " + MAX_SAMPLES + " expected, got " + samplesPerPose);
        }
        if (!(gravityMetersPerSecondSquared > 9.7 && gravityMetersPerSecondSquared < 9.9)) {
            throw new IllegalArgumentException(
                    "gravityMetersPerSecondSquared: 9.7 to 9.9 expected, got " + gravityMetersPerSecondSquared);
        }
        Map<String, String> qualities = Calibrator.qualities(sensor);
        for (MeasurementLimit limit : limits) {
            if (!limit.unit().equals(qualities.get(limit.name()))) {
                throw new IllegalArgumentException("limits: " + limit.name() + " in " + limit.unit()
                        + " is no quality of this calibration, which has " + qualities);
            }
        }
    }

    List<Measurement> judge(List<MeasuredValue> quality, int attempt) {
        return TestPlan.judge(limits, quality, attempt);
    }
}
