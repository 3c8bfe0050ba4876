package io.kryla.hil.physics;

import static io.kryla.hil.physics.ClosedFormWorlds.DENSITY;
import static io.kryla.hil.physics.ClosedFormWorlds.G;
import static io.kryla.hil.physics.ClosedFormWorlds.IDEAL_DISC;
import static io.kryla.hil.physics.ClosedFormWorlds.NO_DRAG;
import static io.kryla.hil.physics.ClosedFormWorlds.UNEQUAL;
import static io.kryla.hil.physics.ClosedFormWorlds.at;
import static io.kryla.hil.physics.ClosedFormWorlds.command;
import static io.kryla.hil.physics.ClosedFormWorlds.run;
import static io.kryla.hil.physics.ClosedFormWorlds.site;
import static io.kryla.hil.physics.ClosedFormWorlds.turning;

import io.kryla.hil.closedform.ClosedFormCheck;
import java.util.ArrayList;
import java.util.List;

/** What the rigid body does where theory knows it to the last digit. */
public final class BodyClosedForms {
    private final List<ClosedFormCheck> checks = new ArrayList<>();

    private BodyClosedForms() {}

    /** Flies them all; some seconds. */
    public static List<ClosedFormCheck> all() {
        var forms = new BodyClosedForms();
        forms.freeFall();
        forms.hoverTrim();
        forms.terminalVelocity();
        forms.steadyTilt();
        forms.tumble();
        forms.energy();
        forms.flip();
        forms.convergence();
        return List.copyOf(forms.checks);
    }

    private void add(
            String subject,
            String quantity,
            String unit,
            double expected,
            double measured,
            double tolerance,
            String source) {
        checks.add(new ClosedFormCheck(subject, quantity, unit, expected, measured, tolerance, source));
    }

    private void freeFall() {
        var world =
                new MulticopterDynamics(ClosedFormWorlds.vehicle(UNEQUAL, IDEAL_DISC, NO_DRAG), site(1_000), at(1_000));
        run(world, 10_000);
        double fallen = world.state().positionDownMeters() + 1_000;
        add("free fall of 10 s", "way", "m", 0.5 * G * 100, fallen, 1e-9, "½·g·t²");
        add("free fall of 10 s", "speed", "m/s", G * 10, world.state().velocityDownMetersPerSecond(), 1e-9, "g·t");
    }

    private void hoverTrim() {
        Vehicle vehicle = ClosedFormWorlds.vehicle(UNEQUAL, IDEAL_DISC, NO_DRAG);
        var world = new MulticopterDynamics(vehicle, site(50), at(50));
        double hover = Math.sqrt(
                vehicle.massKilograms() * G / (4 * vehicle.propulsion().thrustNewtonsPerSquareRadianPerSquareSecond()));
        command(world, hover / vehicle.propulsion().maximumSpeedRadiansPerSecond());
        run(world, 400);
        // It has sunk by some centimetres while the rotors came up to speed: thrust follows the density there.
        double density = StandardAtmosphere.densityRatio(-50 - world.state().positionDownMeters());
        add(
                "hover at the trim speed, √(m·g/4·k_T)",
                "thrust over weight",
                "1",
                1,
                -world.state().specificForceFrdZMetersPerSecondSquared() / G / density,
                1e-6,
                "balance of forces");
    }

    private void terminalVelocity() {
        double area = 4;
        Vehicle vehicle = ClosedFormWorlds.vehicle(UNEQUAL, IDEAL_DISC, new BodyDrag(area, area, area));
        var world = new MulticopterDynamics(vehicle, site(100), at(100));
        run(world, 10_000);
        double density =
                DENSITY * StandardAtmosphere.densityRatio(-100 - world.state().positionDownMeters());
        double expected = Math.sqrt(2 * vehicle.massKilograms() * G / (density * area));
        add(
                "fall in air with a drag area of 4 m²",
                "terminal velocity",
                "m/s",
                expected,
                world.state().velocityDownMetersPerSecond(),
                expected * 1e-3,
                "√(2·m·g/(ρ·C_d·A))");
    }

    /** Tilted for good, with thrust that carries the weight: it ends at the air speed whose drag balances the tilt. */
    private void steadyTilt() {
        double area = 0.2;
        double tilt = StrictMath.toRadians(12);
        Vehicle vehicle = ClosedFormWorlds.vehicle(UNEQUAL, IDEAL_DISC, new BodyDrag(area, area, area));
        double weight = vehicle.massKilograms() * G;
        double airSpeed = Math.sqrt(2 * weight * StrictMath.tan(tilt) / (DENSITY * area));
        var world = new MulticopterDynamics(
                vehicle, site(500), new InitialState(0, 0, -500, 0, 0, 0, 0, -tilt, 0, 0, 0, 0));
        world.setWind(new Wind(-airSpeed, 0, 0));
        double speed = Math.sqrt(weight
                / StrictMath.cos(tilt)
                / (4 * vehicle.propulsion().thrustNewtonsPerSquareRadianPerSquareSecond()));
        command(world, speed / vehicle.propulsion().maximumSpeedRadiansPerSecond());
        run(world, 60_000);
        add(
                "a tilt of 12° held against a head wind",
                "air speed at which it stands",
                "m/s",
                airSpeed,
                airSpeed + world.state().velocityNorthMetersPerSecond(),
                airSpeed * 1e-3,
                "½·ρ·C_d·A·v² = m·g·tan θ");
    }

    private void tumble() {
        var world = new MulticopterDynamics(
                ClosedFormWorlds.vehicle(UNEQUAL, IDEAL_DISC, NO_DRAG), site(0), turning(19_000, 2, -3, 4));
        double energy = ClosedFormWorlds.rotationalEnergy(world.state());
        double momentum = ClosedFormWorlds.momentum(world.state());
        run(world, 60_000);
        TrueStateView s = world.state();
        add(
                "torque-free tumble of 60 s",
                "rotational energy, over that at the start",
                "1",
                1,
                ClosedFormWorlds.rotationalEnergy(s) / energy,
                1e-9,
                "conservation of energy");
        add(
                "torque-free tumble of 60 s",
                "angular momentum, over that at the start",
                "1",
                1,
                ClosedFormWorlds.momentum(s) / momentum,
                1e-9,
                "conservation of angular momentum");
        add(
                "torque-free tumble of 60 s",
                "norm of the attitude quaternion",
                "1",
                1,
                Math.sqrt(s.attitudeW() * s.attitudeW()
                        + s.attitudeX() * s.attitudeX()
                        + s.attitudeY() * s.attitudeY()
                        + s.attitudeZ() * s.attitudeZ()),
                1e-14,
                "a rotation has norm 1");
    }

    private void energy() {
        Vehicle vehicle = ClosedFormWorlds.vehicle(UNEQUAL, IDEAL_DISC, NO_DRAG);
        var world = new MulticopterDynamics(vehicle, site(900), turning(900, 5, 1, -2));
        double before = energyOf(vehicle, world.state());
        run(world, 13_000);
        add(
                "tumbling fall of 13 s",
                "energy of place, motion and rotation, over that at the start",
                "1",
                1,
                energyOf(vehicle, world.state()) / before,
                1e-6,
                "conservation of energy");
    }

    private static double energyOf(Vehicle vehicle, TrueStateView s) {
        double speedSquared = s.velocityNorthMetersPerSecond() * s.velocityNorthMetersPerSecond()
                + s.velocityEastMetersPerSecond() * s.velocityEastMetersPerSecond()
                + s.velocityDownMetersPerSecond() * s.velocityDownMetersPerSecond();
        return vehicle.massKilograms() * (0.5 * speedSquared - G * s.positionDownMeters())
                + ClosedFormWorlds.rotationalEnergy(s);
    }

    /** About the axis of intermediate inertia no rotation is stable: it turns over, and over again. */
    private void flip() {
        double i1 = 0.02;
        double i2 = 0.03;
        double i3 = 0.05;
        double p = 0.1;
        double q = 8;
        var world = new MulticopterDynamics(
                ClosedFormWorlds.vehicle(new Inertia(i1, i2, i3, 0, 0, 0), IDEAL_DISC, NO_DRAG),
                site(0),
                turning(19_000, p, q, 0));
        double twiceEnergy = i1 * p * p + i2 * q * q;
        double momentumSquared = i1 * i1 * p * p + i2 * i2 * q * q;
        // L² < 2·E·I₂ here, so the roles of the outer axes are exchanged (Landau and Lifshitz, §37).
        double rate = Math.sqrt((i2 - i1) * (twiceEnergy * i3 - momentumSquared) / (i1 * i2 * i3));
        double modulusSquared =
                (i3 - i2) * (momentumSquared - twiceEnergy * i1) / ((i2 - i1) * (twiceEnergy * i3 - momentumSquared));
        double halfPeriod = 2 * completeEllipticIntegral(modulusSquared) / rate;
        double first = nextTurnOver(world);
        double second = nextTurnOver(world);
        add(
                "rotation about the intermediate axis",
                "time between two flips",
                "s",
                halfPeriod,
                second - first,
                1e-5,
                "2·K(k)·√(I₁·I₂·I₃/((I₂−I₁)·(2·E·I₃−L²))), Landau and Lifshitz, Mechanics, §37");
    }

    /** When the rate about y next changes sign, between two steps by the secant. */
    private static double nextTurnOver(MulticopterDynamics world) {
        double before = world.state().bodyRateFrdYRadiansPerSecond();
        while (true) {
            world.step();
            double now = world.state().bodyRateFrdYRadiansPerSecond();
            if (now * before < 0) {
                return world.state().flightTimeNanos() * 1e-9 - 1e-3 * now / (now - before);
            }
            before = now;
        }
    }

    /** K by the arithmetic-geometric mean. */
    private static double completeEllipticIntegral(double modulusSquared) {
        double a = 1;
        double b = Math.sqrt(1 - modulusSquared);
        while (Math.abs(a - b) > 1e-15) {
            double mean = (a + b) / 2;
            b = Math.sqrt(a * b);
            a = mean;
        }
        return StrictMath.PI / (2 * a);
    }

    private void convergence() {
        double exact = tumbleRate(250_000);
        double coarse = Math.abs(tumbleRate(8_000_000) - exact);
        double middle = Math.abs(tumbleRate(4_000_000) - exact);
        double fine = Math.abs(tumbleRate(2_000_000) - exact);
        String source = "order of the classical Runge-Kutta method";
        add("steps of 8 and 4 ms", "order of convergence", "1", 4, log2(coarse / middle), 0.2, source);
        add("steps of 4 and 2 ms", "order of convergence", "1", 4, log2(middle / fine), 0.2, source);
    }

    private static double tumbleRate(long stepNanos) {
        var world = new MulticopterDynamics(
                ClosedFormWorlds.vehicle(UNEQUAL, IDEAL_DISC, NO_DRAG), site(0), turning(19_000, 6, -9, 12), stepNanos);
        run(world, (int) (1_000_000_000L / stepNanos));
        return world.state().bodyRateFrdXRadiansPerSecond();
    }

    private static double log2(double x) {
        return StrictMath.log(x) / StrictMath.log(2);
    }
}
