package io.kryla.hil.sensors;

import io.kryla.hil.chance.GaussianSampler;
import io.kryla.hil.chance.RandomStreams;
import java.util.Arrays;
import java.util.List;

/** The last stage of every channel: applies its defects, if it has any. */
final class AxisChannels {
    private static final int COUNT = SensorAxis.values().length;

    private final double[] scale = new double[COUNT];
    private final double[] offset = new double[COUNT];
    private final double[] sigma = new double[COUNT];
    private final double[] limit = new double[COUNT];
    private final boolean[] stuck = new boolean[COUNT];
    private final double[] lastValue = new double[COUNT];
    private final boolean[] gaveValue = new boolean[COUNT];
    private final GaussianSampler[] noise = new GaussianSampler[COUNT];

    AxisChannels(RandomStreams chance) {
        for (SensorAxis axis : SensorAxis.values()) {
            noise[axis.ordinal()] = chance.gaussian("defect of " + axis);
        }
        set(SensorFaults.none());
    }

    void set(SensorFaults faults) {
        Arrays.fill(scale, 1);
        Arrays.fill(offset, 0);
        Arrays.fill(sigma, 0);
        Arrays.fill(limit, Double.POSITIVE_INFINITY);
        Arrays.fill(stuck, false);
        faults.axes().forEach((axis, defects) -> set(axis.ordinal(), defects));
    }

    private void set(int i, List<AxisDefect> defects) {
        for (AxisDefect defect : defects) {
            if (defect instanceof AxisDefect.Scaled scaled) {
                scale[i] *= scaled.factor();
            } else if (defect instanceof AxisDefect.Offset shifted) {
                offset[i] += shifted.amount();
            } else if (defect instanceof AxisDefect.Noisy noisy) {
                sigma[i] = Math.sqrt(sigma[i] * sigma[i] + noisy.sigma() * noisy.sigma());
            } else if (defect instanceof AxisDefect.Limited limited) {
                limit[i] = Math.min(limit[i], limited.range());
            } else {
                stuck[i] = true;
            }
        }
    }

    double pass(SensorAxis axis, double value) {
        int i = axis.ordinal();
        if (stuck[i] && gaveValue[i]) {
            return lastValue[i];
        }
        double given = scale[i] * value + offset[i];
        if (sigma[i] > 0) {
            given += sigma[i] * noise[i].next();
        }
        given = Math.max(-limit[i], Math.min(limit[i], given));
        lastValue[i] = given;
        gaveValue[i] = true;
        return given;
    }
}
