package io.kryla.hil.physics;

import io.kryla.hil.quantity.Quantity;

/** Steady wind: the velocity of the air over ground, NED. A wind from the west has a positive east component. */
public record Wind(double northMetersPerSecond, double eastMetersPerSecond, double downMetersPerSecond) {
    public Wind {
        Quantity.within("northMetersPerSecond", northMetersPerSecond, -60, 60);
        Quantity.within("eastMetersPerSecond", eastMetersPerSecond, -60, 60);
        Quantity.within("downMetersPerSecond", downMetersPerSecond, -60, 60);
    }

    public static Wind calm() {
        return new Wind(0, 0, 0);
    }
}
