package io.kryla.hil.physics;

import io.kryla.hil.quantity.Quantity;

/** Drag of the airframe itself: force along each body axis is −½ρ·(C_d·A)·|v|·v of the air's flow along that axis. */
public record BodyDrag(double xDragAreaSquareMeters, double yDragAreaSquareMeters, double zDragAreaSquareMeters) {
    public BodyDrag {
        Quantity.nonNegative("xDragAreaSquareMeters", xDragAreaSquareMeters);
        Quantity.nonNegative("yDragAreaSquareMeters", yDragAreaSquareMeters);
        Quantity.nonNegative("zDragAreaSquareMeters", zDragAreaSquareMeters);
    }
}
