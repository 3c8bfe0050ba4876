package io.kryla.hil.sensors;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All that is wrong with the sensors at one time. A value: a scenario builds it when faults begin, grow or end and sets it on
 * the suite between two ticks.
 *
 * @param axes what is wrong with single channels
 */
public record SensorFaults(
        ImuFaults imu,
        MagnetometerFaults magnetometer,
        BarometerFaults barometer,
        GnssFaults gnss,
        Map<SensorAxis, List<AxisDefect>> axes) {
    public SensorFaults {
        Map<SensorAxis, List<AxisDefect>> copy = new EnumMap<>(SensorAxis.class);
        axes.forEach((axis, defects) -> copy.put(axis, List.copyOf(defects)));
        axes = Map.copyOf(copy);
    }

    public static SensorFaults none() {
        return new SensorFaults(
                ImuFaults.NONE, MagnetometerFaults.NONE, BarometerFaults.NONE, GnssFaults.NONE, Map.of());
    }

    public SensorFaults with(ImuFaults faults) {
        return new SensorFaults(faults, magnetometer, barometer, gnss, axes);
    }

    public SensorFaults with(MagnetometerFaults faults) {
        return new SensorFaults(imu, faults, barometer, gnss, axes);
    }

    public SensorFaults with(BarometerFaults faults) {
        return new SensorFaults(imu, magnetometer, faults, gnss, axes);
    }

    public SensorFaults with(GnssFaults faults) {
        return new SensorFaults(imu, magnetometer, barometer, faults, axes);
    }

    /** Beside the defects that the axis has already. */
    public SensorFaults with(SensorAxis axis, AxisDefect defect) {
        Map<SensorAxis, List<AxisDefect>> more = new EnumMap<>(SensorAxis.class);
        more.putAll(axes);
        List<AxisDefect> defects = new ArrayList<>(more.getOrDefault(axis, List.of()));
        defects.add(defect);
        more.put(axis, defects);
        return new SensorFaults(imu, magnetometer, barometer, gnss, more);
    }

    /** No fix arrives. */
    public SensorFaults withGnssOutage() {
        return with(new GnssFaults(
                true,
                gnss.offsetNorthMeters(),
                gnss.offsetEastMeters(),
                gnss.offsetDownMeters(),
                gnss.latencySeconds(),
                gnss.noiseFactor(),
                gnss.mostSatellites()));
    }

    /** Adds to every fix's position, and to what is added already. */
    public SensorFaults withGnssOffset(double northMeters, double eastMeters, double downMeters) {
        return with(new GnssFaults(
                gnss.outage(),
                gnss.offsetNorthMeters() + northMeters,
                gnss.offsetEastMeters() + eastMeters,
                gnss.offsetDownMeters() + downMeters,
                gnss.latencySeconds(),
                gnss.noiseFactor(),
                gnss.mostSatellites()));
    }
}
