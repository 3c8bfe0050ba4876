package io.kryla.hil.physics;

/** Charge, voltage and current of the pack as it is drained, advanced once a step. */
final class BatteryState {
    /** Open-circuit voltage of one lithium-polymer cell by charge; typical curve, estimated (±0.05 V). */
    private static final double[] CHARGE = {0.0, 0.1, 0.5, 1.0};

    private static final double[] CELL_VOLTS = {3.30, 3.60, 3.80, 4.20};

    private final BatteryPack pack;
    private final double rotorWattsPerCubicSpeed;
    private final double fullVolts;
    private double chargeRatio;
    private double volts;
    private double amperes;

    BatteryState(Vehicle vehicle) {
        pack = vehicle.battery();
        double hover = vehicle.hoverRotorSpeedRadiansPerSecond();
        rotorWattsPerCubicSpeed =
                pack.hoverRotorPowerWatts() / (vehicle.rotors().size() * hover * hover * hover);
        fullVolts = pack.cellsInSeries() * CELL_VOLTS[CELL_VOLTS.length - 1];
        chargeRatio = pack.initialChargeRatio();
        volts = openCircuitVolts();
        amperes = pack.avionicsPowerWatts() / volts;
    }

    void step(double[] state, int rotors, double seconds) {
        double watts = pack.avionicsPowerWatts();
        for (int i = 0; i < rotors; i++) {
            double speed = state[StateVector.ROTOR_SPEED + i];
            watts += rotorWattsPerCubicSpeed * speed * speed * speed;
        }
        double open = openCircuitVolts();
        double resistance = pack.internalResistanceOhms();
        // P = (V0 − R·I)·I, the smaller root; beyond the most a pack can give it gives just that.
        double discriminant = Math.max(0, open * open - 4 * resistance * watts);
        amperes = (open - Math.sqrt(discriminant)) / (2 * resistance);
        volts = open - resistance * amperes;
        chargeRatio = Math.max(0, chargeRatio - amperes * seconds / (3_600 * pack.capacityAmpereHours()));
    }

    private double openCircuitVolts() {
        int i = 1;
        while (i < CHARGE.length - 1 && chargeRatio > CHARGE[i]) {
            i++;
        }
        double part = (chargeRatio - CHARGE[i - 1]) / (CHARGE[i] - CHARGE[i - 1]);
        return pack.cellsInSeries() * (CELL_VOLTS[i - 1] + part * (CELL_VOLTS[i] - CELL_VOLTS[i - 1]));
    }

    /** How much of the full-battery top speed the rotors can reach now. */
    double speedCeilingRatio() {
        return Math.min(1, volts / fullVolts);
    }

    double volts() {
        return volts;
    }

    double amperes() {
        return amperes;
    }

    double chargeRatio() {
        return chargeRatio;
    }
}
