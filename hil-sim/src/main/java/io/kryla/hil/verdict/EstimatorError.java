package io.kryla.hil.verdict;

import java.util.Optional;

/** How far the airframe's belief is from the truth, over the vehicle states that have a true state at their very time. */
final class EstimatorError {
    private EstimatorError() {}

    /** Of the i-th state from the j-th truth. */
    private interface Difference {
        double of(Trajectory believed, int i, Trajectory actual, int j);
    }

    static Optional<Reading> horizontal(TruthTrack truth, TelemetryTrack telemetry, Window window) {
        return greatest(
                truth,
                telemetry,
                window,
                (believed, i, actual, j) -> StrictMath.hypot(
                        believed.northMeters(i) - actual.northMeters(j),
                        believed.eastMeters(i) - actual.eastMeters(j)));
    }

    static Optional<Reading> height(TruthTrack truth, TelemetryTrack telemetry, Window window) {
        return greatest(
                truth,
                telemetry,
                window,
                (believed, i, actual, j) -> Math.abs(believed.heightMeters(i) - actual.heightMeters(j)));
    }

    static Optional<Reading> attitude(TruthTrack truth, TelemetryTrack telemetry, Window window) {
        return greatest(truth, telemetry, window, (believed, i, actual, j) -> believed.rotationRadians(i, actual, j));
    }

    private static Optional<Reading> greatest(
            TruthTrack truth, TelemetryTrack telemetry, Window window, Difference difference) {
        var actual = truth.trajectory();
        var stretch = new Stretch(telemetry.trajectory(), window);
        int at = -1;
        double greatest = 0;
        for (int i = stretch.first(); i <= stretch.last(); i++) {
            int j = actual.indexAt(stretch.trajectory().timeNanos(i));
            if (j >= 0) {
                double error = difference.of(stretch.trajectory(), i, actual, j);
                if (at < 0 || error > greatest) {
                    greatest = error;
                    at = i;
                }
            }
        }
        return at < 0
                ? Optional.empty()
                : Optional.of(new Reading(greatest, stretch.trajectory().timeNanos(at)));
    }
}
