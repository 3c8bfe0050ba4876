package io.kryla.hil.physics;

import io.kryla.hil.geometry.GeodeticPosition;

/** Vehicles and places so simple that theory says what happens to them. */
final class ClosedFormWorlds {
    static final double G = StandardAtmosphere.GRAVITY_METERS_PER_SECOND_SQUARED;
    static final double DENSITY = StandardAtmosphere.SEA_LEVEL_DENSITY_KILOGRAMS_PER_CUBIC_METER;
    static final Inertia UNEQUAL = new Inertia(0.02, 0.03, 0.05, 0.001, -0.002, 0.0015);
    static final BodyDrag NO_DRAG = new BodyDrag(0, 0, 0);

    /** Thrust and nothing else. */
    static final RotorDisc IDEAL_DISC = new RotorDisc(0.127, 0, 0, 0, 0);

    private ClosedFormWorlds() {}

    static Vehicle vehicle(Inertia inertia, RotorDisc disc, BodyDrag drag) {
        Vehicle v = Vehicle.reference();
        return new Vehicle(
                "closed-form",
                v.massKilograms(),
                inertia,
                v.rotors(),
                v.propulsion(),
                disc,
                drag,
                v.landingGear(),
                v.battery());
    }

    /** All rotors turn one way and give no drag torque: what is left about the shaft is their angular momentum. */
    static Vehicle gyroscope(Inertia inertia, RotorDisc disc) {
        Vehicle v = Vehicle.reference();
        Propulsion p = v.propulsion();
        return new Vehicle(
                "gyroscope",
                v.massKilograms(),
                inertia,
                v.rotors().stream()
                        .map(rotor -> new Rotor(
                                rotor.xFrdMeters(),
                                rotor.yFrdMeters(),
                                rotor.zFrdMeters(),
                                Rotor.Spin.COUNTER_CLOCKWISE))
                        .toList(),
                new Propulsion(
                        p.thrustNewtonsPerSquareRadianPerSquareSecond(),
                        0,
                        p.spinUpSeconds(),
                        p.spinDownSeconds(),
                        p.maximumSpeedRadiansPerSecond()),
                disc,
                NO_DRAG,
                v.landingGear(),
                v.battery());
    }

    /** Air of sea level so high above the ground that nothing touches it. */
    static Site site(double heightMeters) {
        return new Site(new GeodeticPosition(0.8, 0.15, -heightMeters), 0, 1, 48e-6);
    }

    static InitialState at(double heightMeters) {
        return new InitialState(0, 0, -heightMeters, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    static InitialState turning(double heightMeters, double p, double q, double r) {
        return new InitialState(0, 0, -heightMeters, 0, 0, 0, 0.3, -0.2, 1.0, p, q, r);
    }

    static void run(MulticopterDynamics world, int steps) {
        for (int i = 0; i < steps; i++) {
            world.step();
        }
    }

    static void command(MulticopterDynamics world, double command) {
        world.setRotorCommands(new double[] {command, command, command, command});
    }

    /** Of {@link #UNEQUAL}: angular momentum in body axes. */
    static double[] spin(TrueStateView s) {
        double p = s.bodyRateFrdXRadiansPerSecond();
        double q = s.bodyRateFrdYRadiansPerSecond();
        double r = s.bodyRateFrdZRadiansPerSecond();
        return new double[] {
            0.02 * p + 0.001 * q - 0.002 * r, 0.001 * p + 0.03 * q + 0.0015 * r, -0.002 * p + 0.0015 * q + 0.05 * r
        };
    }

    static double momentum(TrueStateView s) {
        double[] l = spin(s);
        return Math.sqrt(l[0] * l[0] + l[1] * l[1] + l[2] * l[2]);
    }

    static double rotationalEnergy(TrueStateView s) {
        double[] l = spin(s);
        return 0.5
                * (l[0] * s.bodyRateFrdXRadiansPerSecond()
                        + l[1] * s.bodyRateFrdYRadiansPerSecond()
                        + l[2] * s.bodyRateFrdZRadiansPerSecond());
    }
}
