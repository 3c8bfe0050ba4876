package io.kryla.hil.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BatteryStateTest {
    private final Vehicle vehicle = Vehicle.reference();

    @Test
    void givesTheHoverPowerAndSagsByItsResistance() {
        var battery = new BatteryState(vehicle);
        double[] hovering = hovering();
        battery.step(hovering, 4, 0.001);
        assertThat(battery.volts() * battery.amperes()).isCloseTo(170, within(1e-6));
        assertThat(battery.volts()).isCloseTo(16.8 - 0.018 * battery.amperes(), within(1e-9));
    }

    @Test
    void countsEveryAmpereSecond() {
        var battery = new BatteryState(vehicle);
        double[] hovering = hovering();
        double coulombs = 0;
        for (int i = 0; i < 60_000; i++) {
            battery.step(hovering, 4, 0.001);
            coulombs += battery.amperes() * 0.001;
        }
        assertThat((1 - battery.chargeRatio()) * 5 * 3600).isCloseTo(coulombs, within(1e-6));
    }

    @Test
    void runsEmptyAndTakesTheTopSpeedWithIt() {
        var battery = new BatteryState(vehicle);
        double[] hovering = hovering();
        for (int i = 0; i < 3_000; i++) {
            battery.step(hovering, 4, 1);
        }
        assertThat(battery.chargeRatio()).isZero();
        assertThat(battery.speedCeilingRatio()).isLessThan(0.8);
    }

    private double[] hovering() {
        double[] state = new double[StateVector.length(4)];
        for (int i = 0; i < 4; i++) {
            state[StateVector.ROTOR_SPEED + i] = vehicle.hoverRotorSpeedRadiansPerSecond();
        }
        return state;
    }
}
