package io.kryla.hil.autopilot;

import io.kryla.hil.estimation.EstimateView;
import java.util.Optional;

/** What must hold before the rotors may turn. */
final class ArmingChecks {
    private static final double LEAST_COSINE_OF_TILT = 0.94; // 20°
    private static final double LEAST_BATTERY_RATIO = 0.2;

    private ArmingChecks() {}

    static Optional<CommandRefusal> refusal(EstimateView estimate, double batteryRemainingRatio) {
        if (estimate.aligned() && !estimate.gnssUsed()) {
            return Optional.of(CommandRefusal.NO_GNSS);
        }
        if (!estimate.ready()) {
            return Optional.of(CommandRefusal.ESTIMATOR_NOT_READY);
        }
        double x = estimate.attitudeX();
        double y = estimate.attitudeY();
        if (1 - 2 * (x * x + y * y) < LEAST_COSINE_OF_TILT) {
            return Optional.of(CommandRefusal.TILTED);
        }
        if (batteryRemainingRatio < LEAST_BATTERY_RATIO) {
            return Optional.of(CommandRefusal.BATTERY_LOW);
        }
        return Optional.empty();
    }
}
