package io.kryla.hil.physics;

import io.kryla.hil.quantity.Quantity;

/** Where a rotor sits (hub, body FRD from the centre of mass) and which way it turns, seen from above. */
public record Rotor(double xFrdMeters, double yFrdMeters, double zFrdMeters, Spin spin) {
    public Rotor {
        Quantity.finite("xFrdMeters", xFrdMeters);
        Quantity.finite("yFrdMeters", yFrdMeters);
        Quantity.finite("zFrdMeters", zFrdMeters);
    }

    /** Seen from above. The airframe feels the drag torque the other way: a counter-clockwise rotor turns it clockwise. */
    public enum Spin {
        CLOCKWISE(-1),
        COUNTER_CLOCKWISE(1);

        private final int reactionAboutDown;

        Spin(int reactionAboutDown) {
            this.reactionAboutDown = reactionAboutDown;
        }

        /** Sign of the drag torque on the airframe about body down. */
        public int reactionAboutDown() {
            return reactionAboutDown;
        }
    }
}
