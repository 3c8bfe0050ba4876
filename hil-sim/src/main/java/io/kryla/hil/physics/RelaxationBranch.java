package io.kryla.hil.physics;

import io.kryla.hil.quantity.Quantity;

/** One resistor beside a capacitor in a pack's equivalent circuit: sag that comes, and goes, with a time constant. */
public record RelaxationBranch(double resistanceOhms, double timeConstantSeconds) {
    public RelaxationBranch {
        Quantity.nonNegative("resistanceOhms", resistanceOhms);
        Quantity.positive("timeConstantSeconds", timeConstantSeconds);
    }
}
