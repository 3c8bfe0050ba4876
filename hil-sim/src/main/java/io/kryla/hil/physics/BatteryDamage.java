package io.kryla.hil.physics;

import io.kryla.hil.quantity.Quantity;

/**
 * What is wrong with the pack, or with how it is connected.
 *
 * @param resistanceFactor of all its resistances: an aged pack sags more
 * @param weakCellCapacityRatio of the weakest cell's capacity to the others': it is empty before them, and its resistance
 *     grows as its capacity shrinks
 * @param temperatureCelsius 25 is where the vehicle's values hold; below, resistance grows by 3 % and capacity shrinks by
 *     0.6 % a degree (estimated for lithium polymer, ±40 %)
 * @param contactOhms of a loose plug, which comes and goes
 * @param mostChargeRatio more is not in it
 */
public record BatteryDamage(
        double resistanceFactor,
        double weakCellCapacityRatio,
        double temperatureCelsius,
        double contactOhms,
        double mostChargeRatio) {
    static final double NOMINAL_CELSIUS = 25;
    static final BatteryDamage NONE = new BatteryDamage(1, 1, NOMINAL_CELSIUS, 0, 1);

    private static final double RESISTANCE_PER_DEGREE = 0.03;
    private static final double CAPACITY_PER_DEGREE = 0.006;

    public BatteryDamage {
        Quantity.within("resistanceFactor", resistanceFactor, 1, 20);
        Quantity.within("weakCellCapacityRatio", weakCellCapacityRatio, 0.01, 1);
        Quantity.within("temperatureCelsius", temperatureCelsius, -40, 60);
        Quantity.within("contactOhms", contactOhms, 0, 10);
        Quantity.ratio("mostChargeRatio", mostChargeRatio);
    }

    /** Of the whole pack's resistances, at so many cells in series. */
    double resistanceRatio(int cells) {
        double cold = Math.max(0, NOMINAL_CELSIUS - temperatureCelsius);
        return resistanceFactor
                * StrictMath.exp(RESISTANCE_PER_DEGREE * cold)
                * (1 + (1 / weakCellCapacityRatio - 1) / cells);
    }

    double capacityRatio() {
        return 1 - CAPACITY_PER_DEGREE * Math.max(0, NOMINAL_CELSIUS - temperatureCelsius);
    }
}
