package io.kryla.hil.physics;

import io.kryla.hil.quantity.Quantity;

/** Where a simulation starts; angles are Z-Y-X Euler angles of body FRD in world NED, rotors at rest. */
public record InitialState(
        double northMeters,
        double eastMeters,
        double downMeters,
        double velocityNorthMetersPerSecond,
        double velocityEastMetersPerSecond,
        double velocityDownMetersPerSecond,
        double rollRadians,
        double pitchRadians,
        double yawRadians,
        double bodyRateFrdXRadiansPerSecond,
        double bodyRateFrdYRadiansPerSecond,
        double bodyRateFrdZRadiansPerSecond) {
    public InitialState {
        Quantity.finite("northMeters", northMeters);
        Quantity.finite("eastMeters", eastMeters);
        Quantity.finite("downMeters", downMeters);
        Quantity.finite("velocityNorthMetersPerSecond", velocityNorthMetersPerSecond);
        Quantity.finite("velocityEastMetersPerSecond", velocityEastMetersPerSecond);
        Quantity.finite("velocityDownMetersPerSecond", velocityDownMetersPerSecond);
        Quantity.finite("rollRadians", rollRadians);
        Quantity.finite("pitchRadians", pitchRadians);
        Quantity.finite("yawRadians", yawRadians);
        Quantity.finite("bodyRateFrdXRadiansPerSecond", bodyRateFrdXRadiansPerSecond);
        Quantity.finite("bodyRateFrdYRadiansPerSecond", bodyRateFrdYRadiansPerSecond);
        Quantity.finite("bodyRateFrdZRadiansPerSecond", bodyRateFrdZRadiansPerSecond);
    }

    /** Standing on the ground at the origin, its weight already carried by the feet, its nose at the given heading. */
    public static InitialState standing(Vehicle vehicle, double yawRadians) {
        double footDown = vehicle.landingGear().feet().stream()
                .mapToDouble(ContactPoint::zFrdMeters)
                .max()
                .orElseThrow();
        double sag = vehicle.massKilograms()
                * StandardAtmosphere.GRAVITY_METERS_PER_SECOND_SQUARED
                / (vehicle.landingGear().feet().size() * vehicle.landingGear().stiffnessNewtonsPerMeter());
        return new InitialState(0, 0, sag - footDown, 0, 0, 0, 0, 0, yawRadians, 0, 0, 0);
    }
}
