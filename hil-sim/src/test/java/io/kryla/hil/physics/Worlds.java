package io.kryla.hil.physics;

import io.kryla.hil.geometry.GeodeticPosition;

/** Small worlds in which closed forms hold. */
final class Worlds {
    static final double G = StandardAtmosphere.GRAVITY_METERS_PER_SECOND_SQUARED;

    /** Thrust and nothing else. */
    static final RotorDisc IDEAL_DISC = new RotorDisc(0.127, 0, 0, 0, 0);

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
        return new Vehicle(
                "dragless",
                v.massKilograms(),
                inertia,
                v.rotors(),
                v.propulsion(),
                IDEAL_DISC,
                new BodyDrag(0, 0, 0),
                v.landingGear(),
                v.battery());
    }

    /** No drag of the body, no drag torque, all rotors turning one way: what is left is the disc's. */
    static Vehicle ofDisc(RotorDisc disc, Rotor.Spin spin) {
        Vehicle v = Vehicle.reference();
        Propulsion p = v.propulsion();
        return new Vehicle(
                "discs",
                v.massKilograms(),
                v.inertia(),
                v.rotors().stream()
                        .map(rotor -> new Rotor(rotor.xFrdMeters(), rotor.yFrdMeters(), rotor.zFrdMeters(), spin))
                        .toList(),
                new Propulsion(
                        p.thrustNewtonsPerSquareRadianPerSquareSecond(),
                        0,
                        p.spinUpSeconds(),
                        p.spinDownSeconds(),
                        p.maximumSpeedRadiansPerSecond()),
                disc,
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
