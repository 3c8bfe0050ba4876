package io.kryla.hil.autopilot;

import io.kryla.hil.estimation.EstimateView;
import io.kryla.hil.estimation.MagneticChart;
import io.kryla.hil.readings.SensorReadings;
import java.util.Optional;

/** What must hold before the rotors may turn. */
final class ArmingChecks {
    private static final double LEAST_COSINE_OF_TILT = 0.94; // 20°
    private static final long STALE_NANOS = 1_000_000_000L;
    /** Of the chart's strength. */
    private static final double FIELD_TOLERANCE_RATIO = 0.15;

    /** 8°, seven sigma of what the accelerometer's turn-on bias does to the dip. */
    private static final double DIP_TOLERANCE_RADIANS = 0.14;

    private final MagneticChart chart;
    private long magnetometerNanos = -1;
    private long barometerNanos = -1;
    /** Field and specific force, averaged over some seconds; body FRD. */
    private final double[] field = new double[3];

    private final double[] force = new double[3];

    ArmingChecks(MagneticChart chart) {
        this.chart = chart;
    }

    /** Each tick. */
    void observe(SensorReadings readings) {
        if (readings.barometerFresh) {
            barometerNanos = readings.barometerTimeNanos;
        }
        if (readings.magnetometerFresh) {
            magnetometerNanos = readings.magnetometerTimeNanos;
            smooth(
                    field,
                    readings.magneticFieldFrdXTesla,
                    readings.magneticFieldFrdYTesla,
                    readings.magneticFieldFrdZTesla);
            smooth(
                    force,
                    readings.accelerationFrdXMetersPerSecondSquared,
                    readings.accelerationFrdYMetersPerSecondSquared,
                    readings.accelerationFrdZMetersPerSecondSquared);
        }
    }

    /** At 100 Hz, over two seconds. */
    private static void smooth(double[] mean, double x, double y, double z) {
        double weight = mean[2] == 0 ? 1 : 0.005;
        mean[0] += weight * (x - mean[0]);
        mean[1] += weight * (y - mean[1]);
        mean[2] += weight * (z - mean[2]);
    }

    Optional<CommandRefusal> refusal(EstimateView estimate, boolean batteryLow, boolean linkLost, long nowNanos) {
        if (estimate.aligned() && !estimate.gnssUsed()) {
            return Optional.of(CommandRefusal.NO_GNSS);
        }
        if (!estimate.ready()) {
            return Optional.of(CommandRefusal.ESTIMATOR_NOT_READY);
        }
        if (nowNanos - barometerNanos > STALE_NANOS) {
            return Optional.of(CommandRefusal.NO_BAROMETER);
        }
        if (nowNanos - magnetometerNanos > STALE_NANOS) {
            return Optional.of(CommandRefusal.NO_MAGNETOMETER);
        }
        if (!fieldAsCharted()) {
            return Optional.of(CommandRefusal.MAGNETOMETER_DISTURBED);
        }
        double x = estimate.attitudeX();
        double y = estimate.attitudeY();
        if (1 - 2 * (x * x + y * y) < LEAST_COSINE_OF_TILT) {
            return Optional.of(CommandRefusal.TILTED);
        }
        if (batteryLow) {
            return Optional.of(CommandRefusal.BATTERY_LOW);
        }
        return linkLost ? Optional.of(CommandRefusal.LINK_LOST) : Optional.empty();
    }

    /** Strength, and dip below the plane across gravity: what does not depend on the heading. */
    private boolean fieldAsCharted() {
        double strength = Math.sqrt(field[0] * field[0] + field[1] * field[1] + field[2] * field[2]);
        double gravity = Math.sqrt(force[0] * force[0] + force[1] * force[1] + force[2] * force[2]);
        double down = -(field[0] * force[0] + field[1] * force[1] + field[2] * force[2]) / gravity;
        double dip = StrictMath.asin(Math.max(-1, Math.min(1, down / strength)));
        return Math.abs(strength / chart.intensityTesla() - 1) < FIELD_TOLERANCE_RATIO
                && Math.abs(dip - chart.inclinationRadians()) < DIP_TOLERANCE_RADIANS;
    }
}
