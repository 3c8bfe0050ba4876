package io.kryla.hil.sensors;

import io.kryla.hil.quantity.Quantity;

/**
 * What shakes or turns the IMU as a whole.
 *
 * @param vibrationMetersPerSecondSquared amplitude that each rotor adds, once a turn, at 100 turns a second; it goes with the
 *     square of the rotor's speed
 * @param secondHarmonicRatio of that amplitude at twice the speed, and {@code thirdHarmonicRatio} at three times
 * @param mountingYawRadians by which the IMU is turned on its board, about down, then
 * @param mountingRollRadians about its own nose
 */
public record ImuFaults(
        double vibrationMetersPerSecondSquared,
        double secondHarmonicRatio,
        double thirdHarmonicRatio,
        double mountingYawRadians,
        double mountingRollRadians) {
    static final ImuFaults NONE = new ImuFaults(0, 0, 0, 0, 0);

    public ImuFaults {
        Quantity.within("vibrationMetersPerSecondSquared", vibrationMetersPerSecondSquared, 0, 500);
        Quantity.within("secondHarmonicRatio", secondHarmonicRatio, 0, 10);
        Quantity.within("thirdHarmonicRatio", thirdHarmonicRatio, 0, 10);
        Quantity.within("mountingYawRadians", mountingYawRadians, -StrictMath.PI, StrictMath.PI);
        Quantity.within("mountingRollRadians", mountingRollRadians, -StrictMath.PI, StrictMath.PI);
    }

    boolean turned() {
        return mountingYawRadians != 0 || mountingRollRadians != 0;
    }
}
