package io.kryla.hil.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GroundContactTest {
    private final Vehicle vehicle = Vehicle.reference();

    @Test
    void standsStillForAMinute() {
        var world = standing();
        double down = world.state().positionDownMeters();
        run(world, 60_000);
        TrueStateView s = world.state();
        assertThat(s.onGround()).isTrue();
        assertThat(s.hullTouchesGround()).isFalse();
        assertThat(s.positionNorthMeters()).isCloseTo(0, within(1e-9));
        assertThat(s.positionDownMeters()).isCloseTo(down, within(1e-9));
        assertThat(s.velocityDownMetersPerSecond()).isCloseTo(0, within(1e-9));
        assertThat(s.specificForceFrdZMetersPerSecondSquared()).isCloseTo(-Worlds.G, within(1e-9));
    }

    @Test
    void standsInAWindItsFrictionCanHold() {
        var world = standing();
        world.setWind(new Wind(12, 0, 0));
        run(world, 10_000);
        assertThat(Math.abs(world.state().positionNorthMeters())).isLessThan(2e-3);
        assertThat(world.state().velocityNorthMetersPerSecond()).isCloseTo(0, within(1e-6));
    }

    @Test
    void slidesAndComesToRestByFriction() {
        InitialState still = InitialState.standing(vehicle, 0);
        var sliding = new InitialState(0, 0, still.downMeters(), 1.0, 0, 0, 0, 0, 0, 0, 0, 0);
        var world = new MulticopterDynamics(vehicle, Site.reference(), sliding);
        run(world, 3_000);
        // v²/(2µg) = 0.073 m for µ = 0.7; it pitches and bounces a little, so the bracket is wide.
        assertThat(world.state().positionNorthMeters()).isBetween(0.03, 0.2);
        assertThat(world.state().velocityNorthMetersPerSecond()).isCloseTo(0, within(1e-3));
    }

    @Test
    void landsFromAHalfMetreDropWithoutSinkingIn() {
        var world = new MulticopterDynamics(vehicle, Site.reference(), Worlds.at(0.6));
        run(world, 5_000);
        assertThat(world.state().onGround()).isTrue();
        assertThat(world.state().positionDownMeters())
                .isCloseTo(InitialState.standing(vehicle, 0).downMeters(), within(1e-4));
    }

    @Test
    void liesOnItsHullWhenItHasTippedOver() {
        var inverted = new InitialState(0, 0, -0.3, 0, 0, 0, 3.0, 0, 0, 0, 0, 0);
        var world = new MulticopterDynamics(vehicle, Site.reference(), inverted);
        run(world, 5_000);
        assertThat(world.state().hullTouchesGround()).isTrue();
        assertThat(world.state().positionDownMeters()).isBetween(-0.2, 0.0);
    }

    private MulticopterDynamics standing() {
        return new MulticopterDynamics(vehicle, Site.reference(), InitialState.standing(vehicle, 0.7));
    }

    private static void run(MulticopterDynamics world, int steps) {
        for (int i = 0; i < steps; i++) {
            world.step();
        }
    }
}
