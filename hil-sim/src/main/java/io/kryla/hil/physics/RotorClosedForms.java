package io.kryla.hil.physics;

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

/** What rotors and battery do, beside the formulas that they are modelled after, taken from outside. */
public final class RotorClosedForms {
    /** Moments about forward, right and down: front right, rear left (counter-clockwise), front left, rear right. */
    private static final int[][] SIGNS = {{-1, 1, 1}, {1, -1, 1}, {1, 1, -1}, {-1, -1, -1}};

    private final List<ClosedFormCheck> checks = new ArrayList<>();

    private RotorClosedForms() {}

    public static List<ClosedFormCheck> all() {
        var forms = new RotorClosedForms();
        forms.motorStep();
        forms.signs();
        forms.precession();
        forms.groundEffect();
        forms.battery();
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

    private void motorStep() {
        var world = new MulticopterDynamics(Vehicle.reference(), site(50), at(50), 500_000);
        command(world, 0.5);
        run(world, 25);
        double target = 550;
        add(
                "motor step up",
                "speed after τ = 12.5 ms, over its end",
                "1",
                1 - StrictMath.exp(-1),
                world.state().rotorSpeedRadiansPerSecond(2) / target,
                1e-6,
                "1 − 1/e = 63.2 %");
        run(world, 1_000);
        command(world, 0);
        run(world, 50);
        add(
                "motor step down",
                "speed after τ = 25 ms, over its start",
                "1",
                StrictMath.exp(-1),
                world.state().rotorSpeedRadiansPerSecond(2) / target,
                1e-6,
                "1/e");
    }

    private void signs() {
        int right = 0;
        for (int rotor = 0; rotor < 4; rotor++) {
            var world = new MulticopterDynamics(Vehicle.reference(), site(50), at(50));
            double[] commands = new double[4];
            commands[rotor] = 0.5;
            world.setRotorCommands(commands);
            run(world, 30);
            TrueStateView s = world.state();
            double[] rates = {
                s.bodyRateFrdXRadiansPerSecond(), s.bodyRateFrdYRadiansPerSecond(), s.bodyRateFrdZRadiansPerSecond()
            };
            for (int axis = 0; axis < 3; axis++) {
                right += Math.signum(rates[axis]) == SIGNS[rotor][axis] ? 1 : 0;
            }
        }
        add(
                "each of four rotors alone",
                "signs of roll, pitch and yaw that are right",
                "1",
                12,
                right,
                0,
                "place and spin of the rotor");
        var world = new MulticopterDynamics(
                ClosedFormWorlds.vehicle(UNEQUAL, ClosedFormWorlds.IDEAL_DISC, NO_DRAG), site(50), at(50));
        world.setRotorCommands(new double[] {0.7, 0.7, 0.6, 0.6});
        run(world, 1_000);
        double couple = world.state().angularAccelerationFrdZRadiansPerSecondSquared();
        double factor = Vehicle.reference().propulsion().thrustNewtonsPerSquareRadianPerSquareSecond()
                * StandardAtmosphere.densityRatio(-50 - world.state().positionDownMeters());
        double surplus = factor * (770.0 * 770 - 660.0 * 660);
        // The front rotors stand 2 cm farther out than the rear ones: the couple rolls, too.
        double[] expected = acceleration(world.state(), -0.02 * surplus, 0.06 * 2 * surplus);
        add(
                "one diagonal faster than the other",
                "yaw acceleration of the couple",
                "rad/s²",
                expected[2],
                couple,
                1e-6,
                "I·ω̇ = M − ω×(I·ω), M = 0.06 m·Σ±k_T·ω²");
    }

    /** Euler's equation solved for the acceleration by Cramer's rule, with torques about forward and down. */
    private static double[] acceleration(TrueStateView s, double torqueForward, double torqueDown) {
        double[] l = ClosedFormWorlds.spin(s);
        double p = s.bodyRateFrdXRadiansPerSecond();
        double q = s.bodyRateFrdYRadiansPerSecond();
        double r = s.bodyRateFrdZRadiansPerSecond();
        double[] m = {torqueForward - (q * l[2] - r * l[1]), -(r * l[0] - p * l[2]), torqueDown - (p * l[1] - q * l[0])
        };
        double[][] i = {{0.02, 0.001, -0.002}, {0.001, 0.03, 0.0015}, {-0.002, 0.0015, 0.05}};
        double whole = determinant(i);
        double[] out = new double[3];
        for (int column = 0; column < 3; column++) {
            double[][] replaced = {i[0].clone(), i[1].clone(), i[2].clone()};
            for (int row = 0; row < 3; row++) {
                replaced[row][column] = m[row];
            }
            out[column] = determinant(replaced) / whole;
        }
        return out;
    }

    private static double determinant(double[][] m) {
        return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
                - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
                + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
    }

    private void precession() {
        double across = 0.03;
        double along = 0.05;
        double shaft = 6e-5;
        var world = new MulticopterDynamics(
                ClosedFormWorlds.gyroscope(
                        new Inertia(across, across, along, 0, 0, 0), new RotorDisc(0.127, 0, 0, 0, shaft)),
                site(0),
                turning(15_000, 0.5, 0, 1));
        command(world, 0.6);
        run(world, 3_000);
        TrueStateView s = world.state();
        double before = StrictMath.atan2(s.bodyRateFrdYRadiansPerSecond(), s.bodyRateFrdXRadiansPerSecond());
        // Counter-clockwise from above is against body down.
        double rotors = -shaft * 4 * s.rotorSpeedRadiansPerSecond(0);
        double rate = ((along - across) * s.bodyRateFrdZRadiansPerSecond() + rotors) / across;
        run(world, 200);
        double after = StrictMath.atan2(s.bodyRateFrdYRadiansPerSecond(), s.bodyRateFrdXRadiansPerSecond());
        add(
                "gyroscopic precession with turning rotors",
                "angle of the transverse rate in 0.2 s",
                "rad",
                StrictMath.IEEEremainder(0.2 * rate, 2 * StrictMath.PI),
                StrictMath.IEEEremainder(after - before, 2 * StrictMath.PI),
                1e-6,
                "((I_zz − I_xx)·r + Σ J·ω)/I_xx");
    }

    private void groundEffect() {
        double radius = 0.254;
        for (int ratio : new int[] {1, 2, 4}) {
            Vehicle vehicle = ClosedFormWorlds.vehicle(UNEQUAL, new RotorDisc(radius, 0, 0, 0, 0), NO_DRAG);
            double height = ratio * radius - 0.023;
            var world = new MulticopterDynamics(
                    vehicle, site(0), new InitialState(0, 0, -height, 0, 0, -0.3, 0, 0, 0, 0, 0, 0));
            command(world, 0.73);
            run(world, 60);
            TrueStateView s = world.state();
            double hub = -s.positionDownMeters() + 0.023;
            double speed = s.rotorSpeedRadiansPerSecond(0);
            double still = 4
                    * vehicle.propulsion().thrustNewtonsPerSquareRadianPerSquareSecond()
                    * speed
                    * speed
                    * StandardAtmosphere.densityRatio(-s.positionDownMeters());
            double part = radius / (4 * hub);
            add(
                    "ground effect near z/R = " + ratio,
                    "thrust over that far from the ground",
                    "1",
                    1 / (1 - part * part),
                    -s.specificForceFrdZMetersPerSecondSquared() * vehicle.massKilograms() / still,
                    1e-9,
                    "Cheeseman and Bennett, ARC R&M 3021, 1955, at the height that it has");
        }
    }

    private void battery() {
        Vehicle vehicle = Vehicle.reference();
        double[] hovering = new double[StateVector.length(4)];
        for (int i = 0; i < 4; i++) {
            hovering[StateVector.ROTOR_SPEED + i] = vehicle.hoverRotorSpeedRadiansPerSecond();
        }
        var battery = new BatteryState(vehicle, 0.001);
        battery.step(hovering, 4);
        add(
                "battery in hover",
                "power at the terminals",
                "W",
                170,
                battery.volts() * battery.amperes(),
                1e-6,
                "165 W of rotors and 5 W of avionics, vehicle file");
        add(
                "battery in hover",
                "voltage after the first millisecond",
                "V",
                16.8 - 0.012 * battery.amperes(),
                battery.volts(),
                1e-9,
                "V₀ − R·I");
        double coulombs = battery.amperes() * 0.001;
        for (int i = 1; i < 60_000; i++) {
            battery.step(hovering, 4);
            coulombs += battery.amperes() * 0.001;
        }
        add(
                "battery in hover",
                "charge taken in 60 s",
                "A s",
                coulombs,
                (1 - battery.chargeRatio()) * 5 * 3_600,
                1e-6,
                "Σ I·dt");
        branches();
    }

    private void branches() {
        Vehicle v = Vehicle.reference();
        // So large and so high in voltage that the current stands still.
        var pack = new BatteryPack(
                4, 5_000, 1e-3, new RelaxationBranch(0.03, 0.6), new RelaxationBranch(0.04, 40), 165, 10, 1);
        Vehicle load = new Vehicle(
                "load",
                v.massKilograms(),
                v.inertia(),
                v.rotors(),
                v.propulsion(),
                v.rotorDisc(),
                v.bodyDrag(),
                v.landingGear(),
                pack);
        double[] stopped = new double[StateVector.length(4)];
        var battery = new BatteryState(load, 0.001);
        battery.step(stopped, 4);
        double fresh = battery.volts();
        int step = 1;
        for (double seconds : new double[] {0.6, 40}) {
            while (step < StrictMath.round(seconds * 1_000) + 1) {
                battery.step(stopped, 4);
                step++;
            }
            double sag = battery.amperes()
                    * (0.03 * (1 - StrictMath.exp(-seconds / 0.6)) + 0.04 * (1 - StrictMath.exp(-seconds / 40)));
            add(
                    "battery under a load step",
                    "sag of both RC branches after " + (seconds < 1 ? "0.6 s" : "40 s"),
                    "V",
                    sag,
                    fresh - battery.volts(),
                    sag * 1e-2,
                    "Σ R·I·(1 − e^(−t/RC))");
        }
    }
}
