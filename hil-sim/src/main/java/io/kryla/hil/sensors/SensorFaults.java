package io.kryla.hil.sensors;

import io.kryla.hil.quantity.Quantity;
import java.util.EnumMap;
import java.util.Map;

/**
 * All that is wrong with the sensors at one time. A value: a scenario builds it when faults begin or end and sets it on
 * the suite between two ticks.
 *
 * @param gnssOutage no fix arrives
 * @param gnssOffsetNorthMeters added to every fix's position, not to its velocity
 */
public record SensorFaults(
        boolean gnssOutage,
        double gnssOffsetNorthMeters,
        double gnssOffsetEastMeters,
        double gnssOffsetDownMeters,
        Map<SensorAxis, AxisDefect> axes) {
    public SensorFaults {
        Quantity.finite("gnssOffsetNorthMeters", gnssOffsetNorthMeters);
        Quantity.finite("gnssOffsetEastMeters", gnssOffsetEastMeters);
        Quantity.finite("gnssOffsetDownMeters", gnssOffsetDownMeters);
        axes = Map.copyOf(axes);
    }

    public static SensorFaults none() {
        return new SensorFaults(false, 0, 0, 0, Map.of());
    }

    public SensorFaults withGnssOutage() {
        return new SensorFaults(true, gnssOffsetNorthMeters, gnssOffsetEastMeters, gnssOffsetDownMeters, axes);
    }

    public SensorFaults withGnssOffset(double northMeters, double eastMeters, double downMeters) {
        return new SensorFaults(gnssOutage, northMeters, eastMeters, downMeters, axes);
    }

    /** Replaces an earlier defect of the same axis. */
    public SensorFaults with(SensorAxis axis, AxisDefect defect) {
        Map<SensorAxis, AxisDefect> more = new EnumMap<>(SensorAxis.class);
        more.putAll(axes);
        more.put(axis, defect);
        return new SensorFaults(gnssOutage, gnssOffsetNorthMeters, gnssOffsetEastMeters, gnssOffsetDownMeters, more);
    }
}
