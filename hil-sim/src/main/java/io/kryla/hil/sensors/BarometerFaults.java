package io.kryla.hil.sensors;

import io.kryla.hil.quantity.Quantity;

/**
 * What is wrong with the barometer as a whole; drift is an {@link AxisDefect.Offset} that grows.
 *
 * @param lost no sample arrives
 * @param windPressureRatio share of the wind's dynamic pressure that is sucked from the reading, on top of the vehicle's own
 */
public record BarometerFaults(boolean lost, double windPressureRatio) {
    static final BarometerFaults NONE = new BarometerFaults(false, 0);

    public BarometerFaults {
        Quantity.within("windPressureRatio", windPressureRatio, -2, 2);
    }
}
