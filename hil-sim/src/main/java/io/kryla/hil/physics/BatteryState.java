package io.kryla.hil.physics;

/** Charge, voltage and current of the pack as it is drained, advanced once a step. */
final class BatteryState {
    /** Open-circuit voltage of one lithium-polymer cell by charge; typical curve, estimated (±0.05 V). */
    private static final double[] CHARGE = {0.0, 0.1, 0.5, 1.0};

    private static final double[] CELL_VOLTS = {3.30, 3.60, 3.80, 4.20};

    private final BatteryPack pack;
    private final double rotorWattsPerCubicSpeed;
    private final double fullVolts;
    private final double stepSeconds;
    private final double fastDecay;
    private final double slowDecay;
    private double fastVolts;
    private double slowVolts;
    private double chargeRatio;
    private double volts;
    private double amperes;

    BatteryState(Vehicle vehicle, double stepSeconds) {
        this.stepSeconds = stepSeconds;
        pack = vehicle.battery();
        double hover = vehicle.hoverRotorSpeedRadiansPerSecond();
        rotorWattsPerCubicSpeed =
                pack.hoverRotorPowerWatts() / (vehicle.rotors().size() * hover * hover * hover);
        fullVolts = pack.cellsInSeries() * CELL_VOLTS[CELL_VOLTS.length - 1];
        fastDecay = StrictMath.exp(-stepSeconds / pack.fastBranch().timeConstantSeconds());
        slowDecay = StrictMath.exp(-stepSeconds / pack.slowBranch().timeConstantSeconds());
        chargeRatio = pack.initialChargeRatio();
        volts = openCircuitVolts();
        amperes = pack.avionicsPowerWatts() / volts;
    }

    void step(double[] state, int rotors) {
        double watts = pack.avionicsPowerWatts();
        for (int i = 0; i < rotors; i++) {
            double speed = state[StateVector.ROTOR_SPEED + i];
            watts += rotorWattsPerCubicSpeed * speed * speed * speed;
        }
        double source = openCircuitVolts() - fastVolts - slowVolts;
        double resistance = pack.internalResistanceOhms();
        // P = (V0 − R·I)·I, the smaller root; beyond the most a pack can give it gives just that.
        double discriminant = Math.max(0, source * source - 4 * resistance * watts);
        amperes = (source - Math.sqrt(discriminant)) / (2 * resistance);
        volts = source - resistance * amperes;
        // Exact for a current that stands still within the step.
        fastVolts = fastVolts * fastDecay + pack.fastBranch().resistanceOhms() * amperes * (1 - fastDecay);
        slowVolts = slowVolts * slowDecay + pack.slowBranch().resistanceOhms() * amperes * (1 - slowDecay);
        chargeRatio = Math.max(0, chargeRatio - amperes * stepSeconds / (3_600 * pack.capacityAmpereHours()));
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
