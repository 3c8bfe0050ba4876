package io.kryla.hil.physics;

import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.chance.Xoshiro256PlusPlus;

/** Charge, voltage and current of the pack as it is drained, advanced once a step. */
final class BatteryState {
    private static final String CONTACT = "battery contact";

    /** Open-circuit voltage of one lithium-polymer cell by charge; typical curve, estimated (±0.05 V). */
    private static final double[] CHARGE = {0.0, 0.1, 0.5, 1.0};

    private static final double[] CELL_VOLTS = {3.30, 3.60, 3.80, 4.20};

    /** A cell that is drained below empty collapses: volts by charge, estimated. */
    private static final double COLLAPSE_VOLTS = 30;

    /** A loose contact changes its mind about every tenth of a second, estimated. */
    private static final double FLICKER_SECONDS = 0.1;

    private final BatteryPack pack;
    private final double rotorWattsPerCubicSpeed;
    private final double fullVolts;
    private final double stepSeconds;
    private final double fastDecay;
    private final double slowDecay;
    private BatteryDamage damage = BatteryDamage.NONE;
    private double resistanceRatio = 1;
    private double capacityRatio = 1;
    private Xoshiro256PlusPlus contactChance = new RandomStreams(0).stream(CONTACT);
    private boolean contactOpen;
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

    /** What a loose contact draws its chance from. */
    void setChance(RandomStreams chance) {
        contactChance = chance.stream(CONTACT);
    }

    void set(BatteryDamage damage) {
        this.damage = damage;
        resistanceRatio = damage.resistanceRatio(pack.cellsInSeries());
        capacityRatio = damage.capacityRatio();
    }

    private double contactOhms() {
        if (damage.contactOhms() == 0) {
            return 0;
        }
        if ((contactChance.nextLong() >>> 11) * 0x1p-53 < stepSeconds / FLICKER_SECONDS) {
            contactOpen = !contactOpen;
        }
        return contactOpen ? damage.contactOhms() : 0;
    }

    void step(double[] state, int rotors) {
        double watts = pack.avionicsPowerWatts();
        for (int i = 0; i < rotors; i++) {
            double speed = state[StateVector.ROTOR_SPEED + i];
            watts += rotorWattsPerCubicSpeed * speed * speed * speed;
        }
        double source = openCircuitVolts() - fastVolts - slowVolts;
        double resistance = pack.internalResistanceOhms() * resistanceRatio + contactOhms();
        // P = (V0 − R·I)·I, the smaller root; beyond the most a pack can give it gives just that.
        double discriminant = Math.max(0, source * source - 4 * resistance * watts);
        amperes = (source - Math.sqrt(discriminant)) / (2 * resistance);
        volts = source - resistance * amperes;
        // Exact for a current that stands still within the step.
        fastVolts = fastVolts * fastDecay
                + pack.fastBranch().resistanceOhms() * resistanceRatio * amperes * (1 - fastDecay);
        slowVolts = slowVolts * slowDecay
                + pack.slowBranch().resistanceOhms() * resistanceRatio * amperes * (1 - slowDecay);
        double drained = amperes * stepSeconds / (3_600 * pack.capacityAmpereHours() * capacityRatio);
        chargeRatio = Math.max(0, Math.min(damage.mostChargeRatio(), chargeRatio) - drained);
    }

    private double openCircuitVolts() {
        if (damage.weakCellCapacityRatio() == 1) {
            return pack.cellsInSeries() * cellVolts(chargeRatio);
        }
        double weakCharge = 1 - (1 - chargeRatio) / damage.weakCellCapacityRatio();
        return (pack.cellsInSeries() - 1) * cellVolts(chargeRatio) + cellVolts(weakCharge);
    }

    private static double cellVolts(double charge) {
        if (charge < 0) {
            return Math.max(0, CELL_VOLTS[0] + COLLAPSE_VOLTS * charge);
        }
        int i = 1;
        while (i < CHARGE.length - 1 && charge > CHARGE[i]) {
            i++;
        }
        double part = (charge - CHARGE[i - 1]) / (CHARGE[i] - CHARGE[i - 1]);
        return CELL_VOLTS[i - 1] + part * (CELL_VOLTS[i] - CELL_VOLTS[i - 1]);
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
