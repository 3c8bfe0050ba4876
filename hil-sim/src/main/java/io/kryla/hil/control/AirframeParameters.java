package io.kryla.hil.control;

import io.kryla.hil.quantity.Quantity;
import java.util.List;

/**
 * What the controller knows of its airframe: the design's nominal values, not the unit's true ones.
 *
 * @param rotors in the order of the rotor commands
 */
public record AirframeParameters(
        double massKilograms,
        double inertiaXxKilogramSquareMeters,
        double inertiaYyKilogramSquareMeters,
        double inertiaZzKilogramSquareMeters,
        double thrustNewtonsPerSquareRadianPerSquareSecond,
        double momentToThrustMeters,
        double maximumRotorSpeedRadiansPerSecond,
        double rotorInertiaKilogramSquareMeters,
        int batteryCellsInSeries,
        List<RotorPlace> rotors) {
    public AirframeParameters {
        Quantity.positive("massKilograms", massKilograms);
        Quantity.positive("inertiaXxKilogramSquareMeters", inertiaXxKilogramSquareMeters);
        Quantity.positive("inertiaYyKilogramSquareMeters", inertiaYyKilogramSquareMeters);
        Quantity.positive("inertiaZzKilogramSquareMeters", inertiaZzKilogramSquareMeters);
        Quantity.positive("thrustNewtonsPerSquareRadianPerSquareSecond", thrustNewtonsPerSquareRadianPerSquareSecond);
        Quantity.positive("momentToThrustMeters", momentToThrustMeters);
        Quantity.positive("maximumRotorSpeedRadiansPerSecond", maximumRotorSpeedRadiansPerSecond);
        Quantity.nonNegative("rotorInertiaKilogramSquareMeters", rotorInertiaKilogramSquareMeters);
        Quantity.within("batteryCellsInSeries", batteryCellsInSeries, 1, 24);
        rotors = List.copyOf(rotors);
        if (rotors.size() < 4) {
            throw new IllegalArgumentException("rotors must be at least 4, found " + rotors.size());
        }
    }

    /**
     * Hub of a rotor, body FRD.
     *
     * @param reactionAboutDown +1 for a rotor that turns counter-clockwise seen from above, −1 for a clockwise one
     */
    public record RotorPlace(double xFrdMeters, double yFrdMeters, int reactionAboutDown) {
        public RotorPlace {
            Quantity.finite("xFrdMeters", xFrdMeters);
            Quantity.finite("yFrdMeters", yFrdMeters);
            if (reactionAboutDown != 1 && reactionAboutDown != -1) {
                throw new IllegalArgumentException("reactionAboutDown must be 1 or -1, found " + reactionAboutDown);
            }
        }
    }

    double maximumRotorThrustNewtons() {
        return thrustNewtonsPerSquareRadianPerSquareSecond
                * maximumRotorSpeedRadiansPerSecond
                * maximumRotorSpeedRadiansPerSecond;
    }

    /** The design of the 1.5 kg reference quadrotor. */
    public static AirframeParameters reference() {
        return new AirframeParameters(
                1.535,
                0.029125,
                0.029125,
                0.055225,
                5.84e-6,
                0.06,
                1100,
                6e-5,
                4,
                List.of(
                        new RotorPlace(0.13, 0.22, 1),
                        new RotorPlace(-0.13, -0.20, 1),
                        new RotorPlace(0.13, -0.22, -1),
                        new RotorPlace(-0.13, 0.20, -1)));
    }
}
