package io.kryla.hil.physics;

import io.kryla.hil.quantity.Quantity;
import java.util.List;

/**
 * How the airframe meets the ground: each point is a spring and damper, with Coulomb friction that sticks.
 *
 * @param feet the points it stands on
 * @param hull the points that touch only when it has tipped over
 */
public record LandingGear(
        List<ContactPoint> feet,
        List<ContactPoint> hull,
        double stiffnessNewtonsPerMeter,
        double dampingNewtonSecondsPerMeter,
        double frictionCoefficient) {
    public LandingGear {
        feet = List.copyOf(feet);
        hull = List.copyOf(hull);
        if (feet.size() < 3) {
            throw new IllegalArgumentException("feet must be at least 3 to stand on, found " + feet.size());
        }
        Quantity.positive("stiffnessNewtonsPerMeter", stiffnessNewtonsPerMeter);
        Quantity.nonNegative("dampingNewtonSecondsPerMeter", dampingNewtonSecondsPerMeter);
        Quantity.nonNegative("frictionCoefficient", frictionCoefficient);
    }
}
