package io.kryla.hil.physics;

import io.kryla.hil.quantity.Quantity;

/**
 * A lithium pack as a Thévenin circuit: open-circuit voltage by charge, a resistance that sags at once, and two branches that
 * sag within a second and within a minute.
 *
 * @param hoverRotorPowerWatts electrical power of all rotors at the speed that hovers the vehicle at sea level; power goes
 *     with the cube of the speed
 * @param avionicsPowerWatts drawn always
 */
public record BatteryPack(
        int cellsInSeries,
        double capacityAmpereHours,
        double internalResistanceOhms,
        RelaxationBranch fastBranch,
        RelaxationBranch slowBranch,
        double hoverRotorPowerWatts,
        double avionicsPowerWatts,
        double initialChargeRatio) {
    public BatteryPack {
        Quantity.within("cellsInSeries", cellsInSeries, 1, 24);
        Quantity.positive("capacityAmpereHours", capacityAmpereHours);
        Quantity.positive("internalResistanceOhms", internalResistanceOhms);
        Quantity.positive("hoverRotorPowerWatts", hoverRotorPowerWatts);
        Quantity.nonNegative("avionicsPowerWatts", avionicsPowerWatts);
        Quantity.ratio("initialChargeRatio", initialChargeRatio);
    }
}
