package io.kryla.hil.physics;

import io.kryla.hil.quantity.Quantity;

/**
 * What all rotors of a vehicle share.
 *
 * <p>Thrust is k_T·ω²·ρ/ρ₀ along body up in still air; drag torque is thrust × {@code momentToThrustMeters}; speed follows the
 * command with a first-order lag. What moving air does to it: {@link RotorDisc}.
 *
 * @param maximumSpeedRadiansPerSecond at a full battery; the reachable speed falls with the voltage
 */
public record Propulsion(
        double thrustNewtonsPerSquareRadianPerSquareSecond,
        double momentToThrustMeters,
        double spinUpSeconds,
        double spinDownSeconds,
        double maximumSpeedRadiansPerSecond) {
    public Propulsion {
        Quantity.positive("thrustNewtonsPerSquareRadianPerSquareSecond", thrustNewtonsPerSquareRadianPerSquareSecond);
        Quantity.nonNegative("momentToThrustMeters", momentToThrustMeters);
        Quantity.positive("spinUpSeconds", spinUpSeconds);
        Quantity.positive("spinDownSeconds", spinDownSeconds);
        Quantity.positive("maximumSpeedRadiansPerSecond", maximumSpeedRadiansPerSecond);
    }
}
