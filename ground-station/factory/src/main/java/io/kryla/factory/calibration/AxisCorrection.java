package io.kryla.factory.calibration;

import io.kryla.v1.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is done to each axis of a sensor: corrected = (raw − offset) · scale. Offsets in the sensor's unit, scales near 1;
 * axes forward, right, down.
 */
public record AxisCorrection(
        double offsetX, double offsetY, double offsetZ, double scaleX, double scaleY, double scaleZ) {
    private static final String[] AXES = {"x", "y", "z"};

    /** Changes nothing. */
    public static final AxisCorrection NONE = new AxisCorrection(0, 0, 0, 1, 1, 1);

    public double[] apply(double rawX, double rawY, double rawZ) {
        return new double[] {(rawX - offsetX) * scaleX, (rawY - offsetY) * scaleY, (rawZ - offsetZ) * scaleZ};
    }

    /** As the airframe keeps it: {@code <prefix>.offset_x} and so on, {@code <prefix>.scale_x} and so on. */
    public List<Parameter> toParameters(CalibratedSensor sensor) {
        double[] offsets = {offsetX, offsetY, offsetZ};
        double[] scales = {scaleX, scaleY, scaleZ};
        List<Parameter> parameters = new ArrayList<>();
        for (int axis = 0; axis < AXES.length; axis++) {
            parameters.add(parameter(sensor.parameterPrefix() + ".offset_" + AXES[axis], offsets[axis]));
        }
        for (int axis = 0; axis < AXES.length; axis++) {
            parameters.add(parameter(sensor.parameterPrefix() + ".scale_" + AXES[axis], scales[axis]));
        }
        return parameters;
    }

    /** Out of parameters by name; empty unless all six are there. */
    public static Optional<AxisCorrection> ofParameters(CalibratedSensor sensor, Map<String, Double> parameters) {
        double[] values = new double[2 * AXES.length];
        for (int i = 0; i < values.length; i++) {
            String name = sensor.parameterPrefix() + (i < AXES.length ? ".offset_" : ".scale_") + AXES[i % AXES.length];
            Double value = parameters.get(name);
            if (value == null) {
                return Optional.empty();
            }
            values[i] = value;
        }
        return Optional.of(new AxisCorrection(values[0], values[1], values[2], values[3], values[4], values[5]));
    }

    private static Parameter parameter(String name, double value) {
        return Parameter.newBuilder().setName(name).setValue(value).build();
    }
}
