package io.kryla.hil.control;

import java.util.List;

/**
 * Notices that a rotor has stopped to push, from its own commands and the gyro alone: the angular acceleration that is
 * missing points where only that rotor's thrust can be missing, and is about all of it.
 *
 * <p>A rotor that is merely weak, wind and vibration are not taken for one. The ground's push at a foot would be: do not ask
 * it near the ground. Call every tick. Allocation-free. Confined to one thread.
 */
final class RotorLossDetector {
    static final int NONE = -1;

    /** Rotors follow their commands with about this lag. */
    private static final double ROTOR_LAG_SECONDS = 0.019;

    private static final double FILTER_SECONDS = 0.015;
    private static final double LEAST_SHARE = 0.7;
    private static final double MOST_SHARE = 1.6;
    private static final double MOST_UNEXPLAINED = 0.45;
    private static final double SUSPECTED_SECONDS = 0.02;
    private static final double LEAST_THRUST_RATIO = 0.15;

    private final AirframeParameters airframe;
    private final int count;
    private final double mostThrust;
    private final double[] speed;
    private final double[] thrust;
    private double slowRateX;
    private double slowRateY;
    private double expectedX;
    private double expectedY;
    private int suspect = NONE;
    private double suspectedSeconds;

    RotorLossDetector(AirframeParameters airframe) {
        this.airframe = airframe;
        count = airframe.rotors().size();
        mostThrust = airframe.maximumRotorThrustNewtons();
        speed = new double[count];
        thrust = new double[count];
    }

    /**
     * @param commands of the tick before
     * @return the rotor that is lost, or {@link #NONE}
     */
    int observe(PositionLoop.Motion now, double[] commands, double dt) {
        List<AirframeParameters.RotorPlace> places = airframe.rotors();
        double momentX = 0;
        double momentY = 0;
        double blend = dt / FILTER_SECONDS;
        for (int i = 0; i < count; i++) {
            speed[i] += dt / ROTOR_LAG_SECONDS * (commands[i] - speed[i]);
            double newton = speed[i] * speed[i] * mostThrust;
            thrust[i] += blend * (newton - thrust[i]);
            momentX -= places.get(i).yFrdMeters() * newton;
            momentY += places.get(i).xFrdMeters() * newton;
        }
        double inertiaX = airframe.inertiaXxKilogramSquareMeters();
        double inertiaY = airframe.inertiaYyKilogramSquareMeters();
        expectedX += blend * (momentX / inertiaX - expectedX);
        expectedY += blend * (momentY / inertiaY - expectedY);
        double missingX = (now.rateX - slowRateX) / FILTER_SECONDS - expectedX;
        double missingY = (now.rateY - slowRateY) / FILTER_SECONDS - expectedY;
        slowRateX += blend * (now.rateX - slowRateX);
        slowRateY += blend * (now.rateY - slowRateY);

        int found = NONE;
        for (int i = 0; i < count; i++) {
            double signX = places.get(i).yFrdMeters() * thrust[i] / inertiaX;
            double signY = -places.get(i).xFrdMeters() * thrust[i] / inertiaY;
            double square = signX * signX + signY * signY;
            double share = (missingX * signX + missingY * signY) / square;
            double restX = missingX - share * signX;
            double restY = missingY - share * signY;
            boolean fits = thrust[i] > LEAST_THRUST_RATIO * mostThrust
                    && share > LEAST_SHARE
                    && share < MOST_SHARE
                    && restX * restX + restY * restY < MOST_UNEXPLAINED * MOST_UNEXPLAINED * square;
            found = fits ? i : found;
        }
        suspectedSeconds = found != NONE && found == suspect ? suspectedSeconds + dt : 0;
        suspect = found;
        return suspectedSeconds > SUSPECTED_SECONDS ? found : NONE;
    }
}
