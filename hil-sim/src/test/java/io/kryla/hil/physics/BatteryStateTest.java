package io.kryla.hil.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BatteryStateTest {
    private final Vehicle vehicle = Vehicle.reference();

    @Test
    void givesTheHoverPowerAndSagsByItsResistance() {
        var battery = new BatteryState(vehicle, 0.001);
        double[] hovering = hovering();
        battery.step(hovering, 4);
        assertThat(battery.volts() * battery.amperes()).isCloseTo(170, within(1e-6));
        assertThat(battery.volts()).isCloseTo(16.8 - 0.012 * battery.amperes(), within(1e-9));
    }

    @Test
    void countsEveryAmpereSecond() {
        var battery = new BatteryState(vehicle, 0.001);
        double[] hovering = hovering();
        double coulombs = 0;
        for (int i = 0; i < 60_000; i++) {
            battery.step(hovering, 4);
            coulombs += battery.amperes() * 0.001;
        }
        assertThat((1 - battery.chargeRatio()) * 5 * 3600).isCloseTo(coulombs, within(1e-6));
    }

    /** Under a constant current each branch charges as R·I·(1 − e^(−t/τ)): the sag of a load step, to the millivolt. */
    @Test
    void sagsWithBothTimeConstants() {
        var battery = new BatteryState(constantPower(), 0.001);
        double[] stopped = new double[StateVector.length(4)];
        battery.step(stopped, 4);
        for (double seconds : new double[] {0.6, 2, 40}) {
            var aged = new BatteryState(constantPower(), 0.001);
            for (int i = 0; i < StrictMath.round(seconds * 1000) + 1; i++) {
                aged.step(stopped, 4);
            }
            double amperes = aged.amperes();
            double branches = 0.03 * amperes * (1 - StrictMath.exp(-seconds / 0.6))
                    + 0.04 * amperes * (1 - StrictMath.exp(-seconds / 40));
            assertThat(battery.volts() - aged.volts()).isCloseTo(branches, within(5e-3 * branches + 1e-3));
        }
    }

    /** Of 10 W on a pack so large that it hardly empties. */
    private static Vehicle constantPower() {
        Vehicle v = Vehicle.reference();
        var pack = new BatteryPack(
                4, 5_000, 0.12, new RelaxationBranch(0.03, 0.6), new RelaxationBranch(0.04, 40), 165, 10, 1);
        return new Vehicle(
                "load",
                v.massKilograms(),
                v.inertia(),
                v.rotors(),
                v.propulsion(),
                v.rotorDisc(),
                v.bodyDrag(),
                v.landingGear(),
                pack);
    }

    @Test
    void runsEmptyAndTakesTheTopSpeedWithIt() {
        var battery = new BatteryState(vehicle, 1);
        double[] hovering = hovering();
        for (int i = 0; i < 3_000; i++) {
            battery.step(hovering, 4);
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
