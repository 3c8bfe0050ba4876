package io.kryla.hil.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each term of the disc by itself, against what can be written down. */
class RotorDiscTest {
    private static final double THRUST_FACTOR = 5.84e-6;
    private static final double XX = 0.029125;
    private static final double ZZ = 0.055225;

    /** Cheeseman and Bennett: 1/(1 − (R/4z)²). */
    @ParameterizedTest
    @CsvSource({"1, 1.0666666666666667", "2, 1.0158730158730158", "4, 1.003921568627451", "0.5, 1.3333333333333333"})
    void theGroundLiftsByTheRatioOfCheesemanAndBennett(double radiiUp, double ratio) {
        assertThat(Worlds.IDEAL_DISC.groundEffectRatio(radiiUp * 0.127)).isCloseTo(ratio, within(1e-12));
    }

    @Test
    void theGroundLiftsEveryRotorInFlight() {
        Vehicle vehicle = Worlds.ofDisc(Worlds.IDEAL_DISC, Rotor.Spin.CLOCKWISE);
        var low = new MulticopterDynamics(vehicle, Worlds.seaLevelAt(0.2), Worlds.at(0.2));
        var high = new MulticopterDynamics(vehicle, Worlds.seaLevelAt(100), Worlds.at(100));
        for (MulticopterDynamics world : new MulticopterDynamics[] {low, high}) {
            world.setRotorCommands(Worlds.all(0.73));
            run(world, 60);
        }
        double hubHeight = 0.023 - low.state().positionDownMeters();
        double ratio = low.state().specificForceFrdZMetersPerSecondSquared()
                / high.state().specificForceFrdZMetersPerSecondSquared();
        assertThat(ratio).isCloseTo(Worlds.IDEAL_DISC.groundEffectRatio(hubHeight), within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"3", "-2", "0"})
    void aClimbTakesThrustAndADescentGivesIt(double climbMetersPerSecond) {
        double loss = 1.9e-4;
        Vehicle vehicle = Worlds.ofDisc(new RotorDisc(0.127, 0, loss, 0, 0), Rotor.Spin.CLOCKWISE);
        var world = new MulticopterDynamics(
                vehicle,
                Worlds.seaLevelAt(500),
                new InitialState(0, 0, -500, 0, 0, -climbMetersPerSecond, 0, 0, 0, 0, 0, 0));
        world.setRotorCommands(Worlds.all(0.73));
        run(world, 100);
        double speed = world.state().rotorSpeedRadiansPerSecond(0);
        double climb = -world.state().velocityDownMetersPerSecond();
        double thrust = 4 * (THRUST_FACTOR * speed * speed - loss * speed * climb);
        double density = StandardAtmosphere.densityRatio(-500 - world.state().positionDownMeters());
        assertThat(-world.state().specificForceFrdZMetersPerSecondSquared() * 1.535)
                .isCloseTo(thrust * density, within(1e-9));
    }

    /** Angular momentum of body and rotors about the shaft stays what it was, whatever the rotors are told. */
    @ParameterizedTest
    @EnumSource
    void spinningUpTurnsTheBodyTheOtherWay(Rotor.Spin spin) {
        double inertia = 6e-5;
        var world = new MulticopterDynamics(
                Worlds.ofDisc(new RotorDisc(0.127, 0, 0, 0, inertia), spin), Worlds.seaLevelAt(100), Worlds.at(100));
        for (double command : new double[] {0.7, 0.2, 0.9, 0}) {
            world.setRotorCommands(Worlds.all(command));
            for (int step = 0; step < 40; step++) {
                run(world, 1);
                double rotors =
                        -spin.reactionAboutDown() * inertia * 4 * world.state().rotorSpeedRadiansPerSecond(0);
                assertThat(ZZ * world.state().bodyRateFrdZRadiansPerSecond() + rotors)
                        .isCloseTo(0, within(1e-14));
            }
        }
    }

    /** A symmetric body with spinning rotors nods at ((I_zz − I_xx)·r + h)/I_xx. */
    @Test
    void spinningRotorsMakeItPrecess() {
        double inertia = 6e-4;
        var world = new MulticopterDynamics(
                Worlds.ofDisc(new RotorDisc(0.127, 0, 0, 0, inertia), Rotor.Spin.CLOCKWISE),
                Worlds.seaLevelAt(500),
                new InitialState(0, 0, -500, 0, 0, 0, 0, 0, 0, 0.2, 0, 0));
        world.setRotorCommands(Worlds.all(0.5));
        run(world, 500);
        double r = world.state().bodyRateFrdZRadiansPerSecond();
        double momentum = 4 * inertia * world.state().rotorSpeedRadiansPerSecond(0);
        double expected = ((ZZ - XX) * r + momentum) / XX;
        double before = phase(world.state());
        run(world, 100);
        double turned = phase(world.state()) - before;
        double wrapped = StrictMath.IEEEremainder(turned - expected * 0.1, 2 * StrictMath.PI);
        assertThat(wrapped).isCloseTo(0, within(1e-6));
        assertThat(Math.hypot(
                        world.state().bodyRateFrdXRadiansPerSecond(),
                        world.state().bodyRateFrdYRadiansPerSecond()))
                .isCloseTo(0.2, within(1e-6));
    }

    @ParameterizedTest
    @EnumSource
    void aSideWindRollsTheTwoSpinsOppositeWays(Rotor.Spin spin) {
        double rolling = 1e-6;
        var world = new MulticopterDynamics(
                Worlds.ofDisc(new RotorDisc(0.127, 0, 0, rolling, 0), spin), Worlds.seaLevelAt(100), Worlds.at(100));
        world.setWind(new Wind(8, 0, 0));
        world.setRotorCommands(Worlds.all(0.7));
        run(world, 20);
        double speeds = 4 * world.state().rotorSpeedRadiansPerSecond(0);
        double moment = spin.reactionAboutDown() * rolling * speeds * -8;
        assertThat(world.state().angularAccelerationFrdXRadiansPerSecondSquared() * XX / moment)
                .isCloseTo(1, within(1e-2));
        assertThat(world.state().angularAccelerationFrdYRadiansPerSecondSquared())
                .isCloseTo(0, within(1e-3));
    }

    @Test
    void aWindAcrossTheDiscPushesItAlong() {
        double drag = 1.75e-4;
        var world = new MulticopterDynamics(
                Worlds.ofDisc(new RotorDisc(0.127, drag, 0, 0, 0), Rotor.Spin.CLOCKWISE),
                Worlds.seaLevelAt(100),
                Worlds.at(100));
        world.setWind(new Wind(0, 8, 0));
        world.setRotorCommands(Worlds.all(0.7));
        run(world, 20);
        double speeds = 4 * world.state().rotorSpeedRadiansPerSecond(0);
        assertThat(world.state().specificForceFrdYMetersPerSecondSquared() * 1.535 / (drag * speeds * 8))
                .isCloseTo(1, within(2e-2));
    }

    private static double phase(TrueStateView state) {
        return StrictMath.atan2(state.bodyRateFrdYRadiansPerSecond(), state.bodyRateFrdXRadiansPerSecond());
    }

    private static void run(MulticopterDynamics world, int steps) {
        for (int i = 0; i < steps; i++) {
            world.step();
        }
    }
}
