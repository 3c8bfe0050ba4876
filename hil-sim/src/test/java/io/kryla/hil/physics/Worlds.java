package io.kryla.hil.physics;

import io.kryla.hil.geometry.GeodeticPosition;

/** Small worlds in which closed forms hold. */
final class Worlds {
    static final double G = StandardAtmosphere.GRAVITY_METERS_PER_SECOND_SQUARED;

    private Worlds() {}

    /** Density is exactly that of sea level at the height at which the tests fly. */
    static Site seaLevelAt(double heightMeters) {
        return new Site(new GeodeticPosition(0.8, 0.15, -heightMeters), 0, 1, 48e-6);
    }

    static Vehicle reference() {
        return Vehicle.reference();
    }

    static Vehicle withoutDrag(Inertia inertia) {
        Vehicle v = Vehicle.reference();
        Propulsion p = v.propulsion();
        return new Vehicle(
                "dragless",
                v.massKilograms(),
                inertia,
                v.rotors(),
                new Propulsion(
                        p.thrustNewtonsPerSquareRadianPerSquareSecond(),
                        p.momentToThrustMeters(),
                        p.spinUpSeconds(),
                        p.spinDownSeconds(),
                        p.maximumSpeedRadiansPerSecond(),
                        0),
                new BodyDrag(0, 0, 0),
                v.landingGear(),
                v.battery());
    }

    static InitialState at(double heightMeters) {
        return new InitialState(0, 0, -heightMeters, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** So high that a minute of falling ends above the ground. */
    static InitialState turning(double p, double q, double r) {
        return new InitialState(0, 0, -19_000, 0, 0, 0, 0.3, -0.2, 1.0, p, q, r);
    }

    static double[] all(double command) {
        return new double[] {command, command, command, command};
    }
}
