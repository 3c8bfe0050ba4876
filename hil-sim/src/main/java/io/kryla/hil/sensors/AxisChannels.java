package io.kryla.hil.sensors;

import org.jspecify.annotations.Nullable;

/** The last stage of every channel: applies its defect, if it has one. */
final class AxisChannels {
    private final @Nullable AxisDefect[] defects = new @Nullable AxisDefect[SensorAxis.values().length];
    private final double[] lastValue = new double[SensorAxis.values().length];
    private final boolean[] gaveValue = new boolean[SensorAxis.values().length];

    void set(SensorFaults faults) {
        for (SensorAxis axis : SensorAxis.values()) {
            defects[axis.ordinal()] = faults.axes().get(axis);
        }
    }

    double pass(SensorAxis axis, double value) {
        int i = axis.ordinal();
        AxisDefect defect = defects[i];
        double given = defect == null ? value : spoilt(defect, i, value);
        lastValue[i] = given;
        gaveValue[i] = true;
        return given;
    }

    private double spoilt(AxisDefect defect, int i, double value) {
        if (defect instanceof AxisDefect.Offset offset) {
            return value + offset.amount();
        }
        if (defect instanceof AxisDefect.Scaled scaled) {
            return value * scaled.factor();
        }
        return gaveValue[i] ? lastValue[i] : value;
    }
}
