package io.kryla.hil.estimation;

import static io.kryla.hil.estimation.ErrorCovariance.ATTITUDE;

import io.kryla.hil.readings.SensorReadings;

/** Takes the heading of the magnetic field, and nothing else of it: its dip and strength are disturbed first. */
final class HeadingAiding {
    private static final double SIGMA_RADIANS = 0.1;
    private static final double LEAST_FIELD_TESLA = 20e-6;
    private static final double MOST_FIELD_TESLA = 70e-6;

    private final ErrorStateFilter filter;
    private final double declinationRadians;
    private final OutlierGate gate = new OutlierGate();
    /** The field's down part over its horizontal part, along the magnetic meridian, as north and east. */
    private double dipNorth;

    private double dipEast;

    HeadingAiding(ErrorStateFilter filter, double declinationRadians) {
        this.filter = filter;
        this.declinationRadians = declinationRadians;
    }

    /**
     * The dip is fixed from here on: taken from each noisy reading it would correlate with the innovation and drive the
     * tilt.
     */
    void restart(double dipRatio) {
        gate.restart();
        dipNorth = dipRatio * StrictMath.cos(declinationRadians);
        dipEast = dipRatio * StrictMath.sin(declinationRadians);
    }

    void take(SensorReadings readings, long nowNanos) {
        double x = readings.magneticFieldFrdXTesla;
        double y = readings.magneticFieldFrdYTesla;
        double z = readings.magneticFieldFrdZTesla;
        double strength = Math.sqrt(x * x + y * y + z * z);
        if (!(strength > LEAST_FIELD_TESLA && strength < MOST_FIELD_TESLA)) {
            return;
        }
        double[] r = filter.rotation();
        double north = r[0] * x + r[1] * y + r[2] * z;
        double east = r[3] * x + r[4] * y + r[5] * z;
        double innovation = wrapped(declinationRadians - StrictMath.atan2(east, north));
        double ratio = filter.headingRatio(innovation, dipNorth, dipEast, SIGMA_RADIANS);
        OutlierGate.Decision decision = gate.decide(ratio, nowNanos);
        if (decision == OutlierGate.Decision.RESET) {
            filter.covariance.grow(ATTITUDE, 3, innovation * innovation);
        }
        if (decision != OutlierGate.Decision.REJECT) {
            filter.correctHeading(innovation, dipNorth, dipEast, SIGMA_RADIANS);
        }
    }

    private static double wrapped(double radians) {
        if (radians > StrictMath.PI) {
            return radians - 2 * StrictMath.PI;
        }
        return radians < -StrictMath.PI ? radians + 2 * StrictMath.PI : radians;
    }
}
