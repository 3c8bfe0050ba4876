package io.kryla.hil.physics;

import io.kryla.hil.quantity.Quantity;

/**
 * What is wrong with one rotor and its arm.
 *
 * @param thrustFactor of healthy thrust: 0.6 a weak motor, 0 a lost propeller, −0.6 a propeller for the other spin; drag
 *     torque stays
 * @param lagFactor times as slow to follow a command, both ways
 * @param drive what the motor does with its commands
 * @param armDragAreaSquareMeters C_d·A of what hangs in the air at the hub, alike in every direction
 */
public record RotorDamage(double thrustFactor, double lagFactor, Drive drive, double armDragAreaSquareMeters) {
    static final RotorDamage NONE = new RotorDamage(1, 1, Drive.GOVERNED, 0);

    public RotorDamage {
        Quantity.within("thrustFactor", thrustFactor, -1, 2);
        Quantity.within("lagFactor", lagFactor, 0.1, 100);
        Quantity.within("armDragAreaSquareMeters", armDragAreaSquareMeters, 0, 1);
    }

    /** What a motor does with its commands. */
    public enum Drive {
        /** Follows them. */
        GOVERNED,
        /** Runs down to a stop: neither thrust nor torque is left. */
        STOPPED,
        /** Keeps the speed it had. */
        HELD
    }
}
