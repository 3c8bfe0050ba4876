package io.kryla.hil.control;

/**
 * From wished body rates to moments: proportional and integral on the rate, in units of angular acceleration so that the
 * gains fit every airframe, and times inertia. Runs with every IMU sample.
 */
final class RateLoop {
    private static final double TILT_GAIN = 20;
    private static final double TILT_INTEGRAL_GAIN = 40;
    private static final double HEADING_GAIN = 6;
    private static final double HEADING_INTEGRAL_GAIN = 4;
    /** rad/s²: bounds what the integrals may ask for. */
    private static final double TILT_INTEGRAL_LIMIT = 25;

    private static final double HEADING_INTEGRAL_LIMIT = 6;
    /** First-order filter on the gyro, about 80 Hz: rotor lag hides what is above. */
    private static final double FILTER_SECONDS = 0.002;

    private final double inertiaX;
    private final double inertiaY;
    private final double inertiaZ;
    private double smoothX;
    private double smoothY;
    private double smoothZ;
    private double integralX;
    private double integralY;
    private double integralZ;
    double momentX;
    double momentY;
    double momentZ;

    RateLoop(AirframeParameters airframe) {
        inertiaX = airframe.inertiaXxKilogramSquareMeters();
        inertiaY = airframe.inertiaYyKilogramSquareMeters();
        inertiaZ = airframe.inertiaZzKilogramSquareMeters();
    }

    void resetIntegrals() {
        integralX = 0;
        integralY = 0;
        integralZ = 0;
    }

    void update(PositionLoop.Motion now, AttitudeLoop wish, double dt, boolean integrate) {
        double blend = dt / (dt + FILTER_SECONDS);
        smoothX += blend * (now.rateX - smoothX);
        smoothY += blend * (now.rateY - smoothY);
        smoothZ += blend * (now.rateZ - smoothZ);
        double errorX = wish.rateX - smoothX;
        double errorY = wish.rateY - smoothY;
        double errorZ = wish.rateZ - smoothZ;
        if (integrate) {
            integralX = clamped(integralX + TILT_INTEGRAL_GAIN * errorX * dt, TILT_INTEGRAL_LIMIT);
            integralY = clamped(integralY + TILT_INTEGRAL_GAIN * errorY * dt, TILT_INTEGRAL_LIMIT);
            integralZ = clamped(integralZ + HEADING_INTEGRAL_GAIN * errorZ * dt, HEADING_INTEGRAL_LIMIT);
        }
        // ω×(I·ω) is fed forward so that the loop sees a body without gyroscopic coupling.
        momentX = inertiaX * (TILT_GAIN * errorX + integralX) + (inertiaZ - inertiaY) * smoothY * smoothZ;
        momentY = inertiaY * (TILT_GAIN * errorY + integralY) + (inertiaX - inertiaZ) * smoothZ * smoothX;
        momentZ = inertiaZ * (HEADING_GAIN * errorZ + integralZ) + (inertiaY - inertiaX) * smoothX * smoothY;
    }

    private static double clamped(double value, double limit) {
        return Math.max(-limit, Math.min(limit, value));
    }
}
