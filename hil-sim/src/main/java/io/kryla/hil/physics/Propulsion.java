package io.kryla.hil.physics;

import io.kryla.hil.quantity.Quantity;

/**
 * What all rotors of a vehicle share.
 *
 * <p>Thrust is k_T·ω²·ρ/ρ₀ along body up; drag torque is thrust × {@code momentToThrustMeters}; speed follows the
 * command with a first-order lag; the in-plane drag (H-force) is {@code rotorDrag}·ω·v⊥ against the air's flow across the
 * disc.
 *
 * @param maximumSpeedRadiansPerSecond at a full battery; the reachable speed falls with the voltage
 */
public record Propulsion(
        double thrustNewtonsPerSquareRadianPerSquareSecond,
        double momentToThrustMeters,
        double spinUpSeconds,
        double spinDownSeconds,
        double maximumSpeedRadiansPerSecond,
        double rotorDragKilogramsPerRadian) {
    public Propulsion {
        Quantity.positive("thrustNewtonsPerSquareRadianPerSquareSecond", thrustNewtonsPerSquareRadianPerSquareSecond);
        Quantity.nonNegative("momentToThrustMeters", momentToThrustMeters);
        Quantity.positive("spinUpSeconds", spinUpSeconds);
        Quantity.positive("spinDownSeconds", spinDownSeconds);
        Quantity.positive("maximumSpeedRadiansPerSecond", maximumSpeedRadiansPerSecond);
        Quantity.nonNegative("rotorDragKilogramsPerRadian", rotorDragKilogramsPerRadian);
    }
}
