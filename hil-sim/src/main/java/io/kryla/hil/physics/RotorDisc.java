package io.kryla.hil.physics;

import io.kryla.hil.quantity.Quantity;

/**
 * What a turning disc does beside the thrust that {@link Propulsion} gives it; all rotors of a vehicle share it. With ω the
 * rotor's speed and v the air's flow past its hub, all of it in proportion to the air's density:
 *
 * <ul>
 *   <li>in-plane drag (H-force): −{@code inPlaneDrag}·ω·v⊥, v⊥ across the disc;
 *   <li>inflow loss: thrust falls by {@code inflowLoss}·ω·(speed of climb through the air), and rises in a descent;
 *   <li>rolling moment: {@code rollingMoment}·ω·v⊥ about v⊥, the other way for the other spin: the blade that advances lifts
 *       more than the one that retreats;
 *   <li>gyroscopic torque and spin-up torque of {@code inertia} about the shaft;
 *   <li>ground effect: thrust × 1/(1 − (R/4z)²), z the hub's height above ground (Cheeseman and Bennett, ARC R&amp;M 3021,
 *       1955), held at z = R/2, below which the formula has no meaning.
 * </ul>
 */
public record RotorDisc(
        double radiusMeters,
        double inPlaneDragKilogramsPerRadian,
        double inflowLossKilogramsPerRadian,
        double rollingMomentKilogramMetersPerRadian,
        double inertiaKilogramSquareMeters) {
    public RotorDisc {
        Quantity.positive("radiusMeters", radiusMeters);
        Quantity.nonNegative("inPlaneDragKilogramsPerRadian", inPlaneDragKilogramsPerRadian);
        Quantity.nonNegative("inflowLossKilogramsPerRadian", inflowLossKilogramsPerRadian);
        Quantity.nonNegative("rollingMomentKilogramMetersPerRadian", rollingMomentKilogramMetersPerRadian);
        Quantity.nonNegative("inertiaKilogramSquareMeters", inertiaKilogramSquareMeters);
    }

    /** How much more thrust the ground gives a rotor so high above it, at the same speed. */
    double groundEffectRatio(double hubHeightMeters) {
        double part = radiusMeters / (4 * Math.max(hubHeightMeters, radiusMeters / 2));
        return 1 / (1 - part * part);
    }
}
