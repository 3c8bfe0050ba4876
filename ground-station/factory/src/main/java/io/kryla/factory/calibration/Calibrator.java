package io.kryla.factory.calibration;

import io.kryla.v1.MeasuredValue;
import io.kryla.v1.SensorSample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers the samples of one sensor, pose by pose, and computes its correction. Its qualities, by which a plan accepts it:
 *
 * <ul>
 *   <li>{@code calibration.accelerometer.offset} m/s², length of the offset; {@code .scale-error} 1, greatest |scale − 1|;
 *       {@code .residual} m/s², root mean square of how far the corrected samples' length is from gravity; {@code .tilt} rad,
 *       greatest angle between a pose and how it was held; {@code .motion} m/s², greatest standard deviation in a pose
 *   <li>{@code calibration.gyro.offset} rad/s; {@code .motion} rad/s, greatest standard deviation
 *   <li>{@code calibration.magnetometer.offset} G; {@code .scale-error} 1; {@code .residual} 1, relative to the field;
 *       {@code .coverage} 1, part of the eight octants that samples lie in
 * </ul>
 *
 * <p>Confined to one thread; samples are untrusted.
 */
public final class Calibrator {
    /** Standard gravity: what a line without a survey of its own takes, right to 0.3 % everywhere on Earth. */
    public static final double STANDARD_GRAVITY_METERS_PER_SECOND_SQUARED = 9.80665;

    private static final int OCTANTS = 8;

    private final CalibratedSensor sensor;
    private final double gravity;
    private final Map<Pose, PoseSamples> taken = new EnumMap<>(Pose.class);

    public Calibrator(CalibratedSensor sensor, double gravityMetersPerSecondSquared) {
        this.sensor = sensor;
        this.gravity = gravityMetersPerSecondSquared;
    }

    /** Replaces what was taken in that pose before. */
    public void add(Pose pose, List<SensorSample> untrusted) {
        taken.put(pose, new PoseSamples(pose, untrusted));
    }

    /** Names of the qualities of a sensor with their units, in the order in which they are given. */
    public static Map<String, String> qualities(CalibratedSensor sensor) {
        String prefix = "calibration." + sensor.word() + ".";
        Map<String, String> names = new java.util.LinkedHashMap<>();
        switch (sensor) {
            case ACCELEROMETER:
                names.put(prefix + "offset", "m/s²");
                names.put(prefix + "scale-error", "1");
                names.put(prefix + "residual", "m/s²");
                names.put(prefix + "tilt", "rad");
                names.put(prefix + "motion", "m/s²");
                break;
            case GYRO:
                names.put(prefix + "offset", "rad/s");
                names.put(prefix + "motion", "rad/s");
                break;
            default:
                names.put(prefix + "offset", "G");
                names.put(prefix + "scale-error", "1");
                names.put(prefix + "residual", "1");
                names.put(prefix + "coverage", "1");
                break;
        }
        return names;
    }

    /** Call when every pose of the sensor was added. */
    public CalibrationResult compute() {
        for (Pose pose : sensor.poses()) {
            PoseSamples samples = taken.get(pose);
            if (samples == null || samples.samples().size() < 2 || !samples.isFinite()) {
                return new CalibrationResult.Impossible(
                        sensor.word() + ": two or more finite samples expected in pose " + pose.word());
            }
        }
        return switch (sensor) {
            case ACCELEROMETER -> ofGravity();
            case GYRO -> atRest();
            case MAGNETOMETER -> ofField();
        };
    }

    private CalibrationResult ofGravity() {
        List<SensorSample> all = all();
        Optional<EllipsoidFit> fit = EllipsoidFit.of(all);
        if (fit.isEmpty()) {
            return new CalibrationResult.Impossible("the six positions do not differ enough to tell offset from scale");
        }
        AxisCorrection correction = correction(fit.get(), gravity);
        double tilt = 0;
        double motion = 0;
        for (PoseSamples pose : taken.values()) {
            tilt = Math.max(tilt, tilt(pose, correction));
            motion = Math.max(motion, pose.greatestDeviation());
        }
        return computed(
                correction,
                length(correction.offsetX(), correction.offsetY(), correction.offsetZ()),
                scaleError(correction),
                residual(all, correction, gravity),
                tilt,
                motion);
    }

    private CalibrationResult atRest() {
        PoseSamples still = taken.get(Pose.STILL);
        if (still == null) {
            throw new IllegalStateException("compute() looked whether the pose is there");
        }
        double[] mean = still.mean();
        AxisCorrection correction = new AxisCorrection(mean[0], mean[1], mean[2], 1, 1, 1);
        return computed(correction, length(mean[0], mean[1], mean[2]), still.greatestDeviation());
    }

    /** The field's strength at the bench is not known: the axes are made equal, their mean is kept. */
    private CalibrationResult ofField() {
        List<SensorSample> all = all();
        Optional<EllipsoidFit> fit = EllipsoidFit.of(all);
        if (fit.isEmpty()) {
            return new CalibrationResult.Impossible("the samples do not go through enough directions");
        }
        List<Double> radii = fit.get().radii();
        double field = (radii.get(0) + radii.get(1) + radii.get(2)) / 3;
        AxisCorrection correction = correction(fit.get(), field);
        return computed(
                correction,
                length(correction.offsetX(), correction.offsetY(), correction.offsetZ()),
                scaleError(correction),
                residual(all, correction, field) / field,
                coverage(all, correction));
    }

    private static AxisCorrection correction(EllipsoidFit fit, double length) {
        return new AxisCorrection(
                fit.center().get(0),
                fit.center().get(1),
                fit.center().get(2),
                length / fit.radii().get(0),
                length / fit.radii().get(1),
                length / fit.radii().get(2));
    }

    private List<SensorSample> all() {
        List<SensorSample> all = new ArrayList<>();
        taken.values().forEach(pose -> all.addAll(pose.samples()));
        return all;
    }

    private CalibrationResult computed(AxisCorrection correction, double... values) {
        List<MeasuredValue> quality = new ArrayList<>();
        int i = 0;
        for (Map.Entry<String, String> name : qualities(sensor).entrySet()) {
            quality.add(MeasuredValue.newBuilder()
                    .setName(name.getKey())
                    .setUnit(name.getValue())
                    .setValue(values[i++])
                    .build());
        }
        return new CalibrationResult.Computed(correction, quality);
    }

    private static double scaleError(AxisCorrection correction) {
        return Math.max(
                Math.abs(correction.scaleX() - 1),
                Math.max(Math.abs(correction.scaleY() - 1), Math.abs(correction.scaleZ() - 1)));
    }

    private static double residual(List<SensorSample> samples, AxisCorrection correction, double length) {
        double squares = 0;
        for (SensorSample sample : samples) {
            double[] v = correction.apply(sample.getXFrd(), sample.getYFrd(), sample.getZFrd());
            double off = length(v[0], v[1], v[2]) - length;
            squares += off * off;
        }
        return Math.sqrt(squares / samples.size());
    }

    private static double tilt(PoseSamples pose, AxisCorrection correction) {
        double[] mean = pose.mean();
        double[] held = correction.apply(mean[0], mean[1], mean[2]);
        double[] up = pose.pose().upFrd().orElseThrow();
        double cosine = (held[0] * up[0] + held[1] * up[1] + held[2] * up[2]) / length(held[0], held[1], held[2]);
        return Math.acos(Math.max(-1, Math.min(1, cosine)));
    }

    private static double coverage(List<SensorSample> samples, AxisCorrection correction) {
        boolean[] seen = new boolean[OCTANTS];
        for (SensorSample sample : samples) {
            double[] v = correction.apply(sample.getXFrd(), sample.getYFrd(), sample.getZFrd());
            seen[(v[0] > 0 ? 1 : 0) + (v[1] > 0 ? 2 : 0) + (v[2] > 0 ? 4 : 0)] = true;
        }
        int count = 0;
        for (boolean octant : seen) {
            count += octant ? 1 : 0;
        }
        return (double) count / OCTANTS;
    }

    private static double length(double x, double y, double z) {
        return Math.sqrt(x * x + y * y + z * z);
    }
}
