package io.kryla.hil.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against closed forms. */
class MulticopterDynamicsTest {
    private static final Inertia UNEQUAL = new Inertia(0.02, 0.03, 0.05, 0.001, -0.002, 0.0015);

    @Test
    void fallsFreelyForTenSecondsAsGalileoSays() {
        var world = new MulticopterDynamics(Worlds.withoutDrag(UNEQUAL), Worlds.seaLevelAt(1000), Worlds.at(1000));
        run(world, 10_000);
        assertThat(world.state().positionDownMeters() + 1000).isCloseTo(0.5 * Worlds.G * 100, within(1e-9));
        assertThat(world.state().velocityDownMetersPerSecond()).isCloseTo(Worlds.G * 10, within(1e-9));
        assertThat(world.state().specificForceFrdZMetersPerSecondSquared()).isZero();
        assertThat(world.state().flightTimeNanos()).isEqualTo(10_000_000_000L);
    }

    @Test
    void hoversAtTheTrimSpeed() {
        Vehicle vehicle = Worlds.reference();
        var world = new MulticopterDynamics(vehicle, Worlds.seaLevelAt(50), Worlds.at(50));
        double trim =
                vehicle.hoverRotorSpeedRadiansPerSecond() / vehicle.propulsion().maximumSpeedRadiansPerSecond();
        world.setRotorCommands(Worlds.all(trim));
        run(world, 400);
        double verticalSpeed = world.state().velocityDownMetersPerSecond();
        double specificForce = world.state().specificForceFrdZMetersPerSecondSquared();
        // It has dropped a little while the rotors spun up: drag on that speed, and the inflow from below, are all that
        // is left.
        double drag = 0.5 * 1.225 * 0.04 * verticalSpeed * verticalSpeed / vehicle.massKilograms();
        double inflow = 4
                * vehicle.rotorDisc().inflowLossKilogramsPerRadian()
                * world.state().rotorSpeedRadiansPerSecond(0)
                * verticalSpeed
                / vehicle.massKilograms();
        assertThat(specificForce + drag + inflow).isCloseTo(-Worlds.G, within(1e-3));
        assertThat(world.state().bodyRateFrdXRadiansPerSecond()).isCloseTo(0, within(1e-12));
        assertThat(world.state().bodyRateFrdYRadiansPerSecond()).isCloseTo(0, within(1e-12));
        assertThat(world.state().bodyRateFrdZRadiansPerSecond()).isCloseTo(0, within(1e-12));
    }

    @Test
    void keepsEnergyAndMomentumOfATorqueFreeTumble() {
        var world =
                new MulticopterDynamics(Worlds.withoutDrag(UNEQUAL), Worlds.seaLevelAt(0), Worlds.turning(2, -3, 4));
        double energy = rotationalEnergy(world.state());
        double momentum = momentum(world.state());
        for (int second = 0; second < 60; second++) {
            run(world, 1000);
            assertThat(norm(world.state())).isCloseTo(1, within(1e-14));
        }
        assertThat(rotationalEnergy(world.state()) / energy - 1).isCloseTo(0, within(1e-9));
        assertThat(momentum(world.state()) / momentum - 1).isCloseTo(0, within(1e-9));
    }

    /** Error of the tumble after 1 s at steps of 8, 4 and 2 ms against 0.25 ms: it falls by 2⁴ each. */
    @Test
    void convergesWithTheFourthOrder() {
        double exact = tumbleRate(250_000);
        double coarse = Math.abs(tumbleRate(8_000_000) - exact);
        double middle = Math.abs(tumbleRate(4_000_000) - exact);
        double fine = Math.abs(tumbleRate(2_000_000) - exact);
        assertThat(log2(coarse / middle)).isCloseTo(4, within(0.2));
        assertThat(log2(middle / fine)).isCloseTo(4, within(0.2));
    }

    @Test
    void answersAMotorStepWithItsTimeConstants() {
        var world = new MulticopterDynamics(Worlds.reference(), Worlds.seaLevelAt(50), Worlds.at(50), 500_000);
        world.setRotorCommands(Worlds.all(0.5));
        run(world, 25);
        double target = 550;
        assertThat(world.state().rotorSpeedRadiansPerSecond(2) / target)
                .as("12.5 ms up")
                .isCloseTo(1 - StrictMath.exp(-1), within(1e-6));
        run(world, 1000);
        world.setRotorCommands(Worlds.all(0));
        run(world, 50);
        assertThat(world.state().rotorSpeedRadiansPerSecond(2) / target)
                .as("25 ms down")
                .isCloseTo(StrictMath.exp(-1), within(1e-6));
    }

    /** Rotors: front right, rear left (counter-clockwise), front left, rear right (clockwise). */
    @Test
    void turnsTheWayEachRotorPushes() {
        int[][] signs = {{-1, 1, 1}, {1, -1, 1}, {1, 1, -1}, {-1, -1, -1}};
        for (int rotor = 0; rotor < 4; rotor++) {
            var world = new MulticopterDynamics(Worlds.reference(), Worlds.seaLevelAt(50), Worlds.at(50));
            double[] commands = Worlds.all(0);
            commands[rotor] = 0.5;
            world.setRotorCommands(commands);
            run(world, 30);
            assertThat(Math.signum(world.state().bodyRateFrdXRadiansPerSecond()))
                    .isEqualTo(signs[rotor][0]);
            assertThat(Math.signum(world.state().bodyRateFrdYRadiansPerSecond()))
                    .isEqualTo(signs[rotor][1]);
            assertThat(Math.signum(world.state().bodyRateFrdZRadiansPerSecond()))
                    .isEqualTo(signs[rotor][2]);
        }
    }

    @Test
    void losesTheShareOfThrustAWeakRotorLoses() {
        var world = new MulticopterDynamics(Worlds.reference(), Worlds.seaLevelAt(50), Worlds.at(50));
        world.setRotorCommands(Worlds.all(0.7));
        run(world, 200);
        double healthy = world.state().specificForceFrdZMetersPerSecondSquared();
        world.setRotorThrustScale(1, 0.6);
        double weak = world.state().specificForceFrdZMetersPerSecondSquared();
        assertThat(weak / healthy).isCloseTo(0.9, within(1e-3));
    }

    @Test
    void reachesTheTerminalVelocityOfItsDragArea() {
        Vehicle vehicle = Worlds.reference();
        var world = new MulticopterDynamics(vehicle, Worlds.seaLevelAt(0), Worlds.at(1_500));
        run(world, 25_000);
        double density = 1.225 * StandardAtmosphere.densityRatio(-world.state().positionDownMeters());
        double terminal = Math.sqrt(2 * vehicle.massKilograms() * Worlds.G / (density * 0.04));
        assertThat(world.state().velocityDownMetersPerSecond() / terminal).isCloseTo(1, within(5e-3));
    }

    @Test
    void driftsWithTheWind() {
        var world = new MulticopterDynamics(Worlds.reference(), Worlds.seaLevelAt(50), Worlds.at(200));
        world.setWind(new Wind(0, 6, 0));
        run(world, 3_000);
        assertThat(world.state().velocityEastMetersPerSecond()).isPositive();
        assertThat(world.state().windEastMetersPerSecond()).isEqualTo(6);
    }

    @Test
    void stopsItsRotorsOnACommandThatIsNotANumber() {
        var world = new MulticopterDynamics(Worlds.reference(), Worlds.seaLevelAt(50), Worlds.at(50));
        world.setRotorCommands(Worlds.all(Double.NaN));
        run(world, 10);
        assertThat(world.state().rotorSpeedRadiansPerSecond(0)).isZero();
        assertThat(world.state().positionDownMeters()).isNotNaN();
        assertThatIllegalArgumentException().isThrownBy(() -> world.setRotorCommands(new double[3]));
    }

    private static void run(MulticopterDynamics world, int steps) {
        for (int i = 0; i < steps; i++) {
            world.step();
        }
    }

    private static double tumbleRate(long stepNanos) {
        var world = new MulticopterDynamics(
                Worlds.withoutDrag(UNEQUAL), Worlds.seaLevelAt(0), Worlds.turning(6, -9, 12), stepNanos);
        run(world, (int) (1_000_000_000L / stepNanos));
        return world.state().bodyRateFrdXRadiansPerSecond();
    }

    private static double log2(double x) {
        return StrictMath.log(x) / StrictMath.log(2);
    }

    private static double norm(TrueStateView s) {
        return Math.sqrt(s.attitudeW() * s.attitudeW()
                + s.attitudeX() * s.attitudeX()
                + s.attitudeY() * s.attitudeY()
                + s.attitudeZ() * s.attitudeZ());
    }

    private static double[] spin(TrueStateView s) {
        double p = s.bodyRateFrdXRadiansPerSecond();
        double q = s.bodyRateFrdYRadiansPerSecond();
        double r = s.bodyRateFrdZRadiansPerSecond();
        return new double[] {
            0.02 * p + 0.001 * q - 0.002 * r, 0.001 * p + 0.03 * q + 0.0015 * r, -0.002 * p + 0.0015 * q + 0.05 * r
        };
    }

    private static double momentum(TrueStateView s) {
        double[] l = spin(s);
        return Math.sqrt(l[0] * l[0] + l[1] * l[1] + l[2] * l[2]);
    }

    private static double rotationalEnergy(TrueStateView s) {
        double[] l = spin(s);
        return 0.5
                * (l[0] * s.bodyRateFrdXRadiansPerSecond()
                        + l[1] * s.bodyRateFrdYRadiansPerSecond()
                        + l[2] * s.bodyRateFrdZRadiansPerSecond());
    }
}
