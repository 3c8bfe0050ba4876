package io.kryla.factory.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kryla.v1.MeasuredValue;
import io.kryla.v1.SensorSample;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/** Offsets and scales that were planted are found again, whatever they are. */
class CalibratorProperties {
    private static final double G = 9.80665;

    @Property(tries = 200)
    void sixPositionsGiveBackOffsetsAndScales(
            @ForAll @DoubleRange(min = -1, max = 1) double offsetX,
            @ForAll @DoubleRange(min = -1, max = 1) double offsetY,
            @ForAll @DoubleRange(min = -1, max = 1) double offsetZ,
            @ForAll @DoubleRange(min = 0.9, max = 1.1) double scaleX,
            @ForAll @DoubleRange(min = 0.9, max = 1.1) double scaleY,
            @ForAll @DoubleRange(min = 0.9, max = 1.1) double scaleZ,
            @ForAll long seed) {
        AxisCorrection planted = new AxisCorrection(offsetX, offsetY, offsetZ, scaleX, scaleY, scaleZ);
        SplittableRandom noise = new SplittableRandom(seed);
        Calibrator calibrator = new Calibrator(CalibratedSensor.ACCELEROMETER, G);
        for (Pose pose : CalibratedSensor.ACCELEROMETER.poses()) {
            double[] up = pose.upFrd().orElseThrow();
            calibrator.add(pose, noisy(planted, new double[] {up[0] * G, up[1] * G, up[2] * G}, 50, 0.01, noise));
        }

        CalibrationResult.Computed found = (CalibrationResult.Computed) calibrator.compute();

        assertThat(found.correction().offsetX()).isCloseTo(offsetX, within(0.01));
        assertThat(found.correction().offsetY()).isCloseTo(offsetY, within(0.01));
        assertThat(found.correction().offsetZ()).isCloseTo(offsetZ, within(0.01));
        assertThat(found.correction().scaleX()).isCloseTo(scaleX, within(0.001));
        assertThat(found.correction().scaleY()).isCloseTo(scaleY, within(0.001));
        assertThat(found.correction().scaleZ()).isCloseTo(scaleZ, within(0.001));
        assertThat(value(found, "calibration.accelerometer.residual")).isLessThan(0.02);
        assertThat(value(found, "calibration.accelerometer.tilt")).isLessThan(0.005);
    }

    @Property(tries = 100)
    void aPoseHeldTheWrongWayShowsAsTilt(@ForAll long seed) {
        SplittableRandom noise = new SplittableRandom(seed);
        Calibrator calibrator = new Calibrator(CalibratedSensor.ACCELEROMETER, G);
        for (Pose pose : CalibratedSensor.ACCELEROMETER.poses()) {
            // Nose up and nose down taken for each other.
            Pose held = pose == Pose.NOSE_UP ? Pose.NOSE_DOWN : pose == Pose.NOSE_DOWN ? Pose.NOSE_UP : pose;
            double[] up = held.upFrd().orElseThrow();
            calibrator.add(
                    pose, noisy(AxisCorrection.NONE, new double[] {up[0] * G, up[1] * G, up[2] * G}, 20, 0.01, noise));
        }
        assertThat(value((CalibrationResult.Computed) calibrator.compute(), "calibration.accelerometer.tilt"))
                .isGreaterThan(3);
    }

    @Property(tries = 100)
    void aTurnGivesBackHardAndSoftIron(
            @ForAll @DoubleRange(min = -0.3, max = 0.3) double offset,
            @ForAll @DoubleRange(min = 0.9, max = 1.1) double scale,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        AxisCorrection planted = new AxisCorrection(offset, -offset, offset / 2, scale, 1, 2 - scale);
        List<SensorSample> samples = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            double z = 2 * random.nextDouble() - 1;
            double angle = 2 * Math.PI * random.nextDouble();
            double flat = Math.sqrt(1 - z * z);
            double[] field = {0.48 * flat * Math.cos(angle), 0.48 * flat * Math.sin(angle), 0.48 * z};
            samples.addAll(noisy(planted, field, 1, 0.001, random));
        }
        Calibrator calibrator = new Calibrator(CalibratedSensor.MAGNETOMETER, G);
        calibrator.add(Pose.TURNING, samples);

        CalibrationResult.Computed found = (CalibrationResult.Computed) calibrator.compute();

        assertThat(found.correction().offsetX()).isCloseTo(offset, within(0.005));
        assertThat(found.correction().offsetY()).isCloseTo(-offset, within(0.005));
        assertThat(value(found, "calibration.magnetometer.residual")).isLessThan(0.01);
        assertThat(value(found, "calibration.magnetometer.coverage")).isEqualTo(1);
    }

    @Property(tries = 200)
    void hostileSamplesAreNoCalibrationAndNoException(
            @ForAll List<@DoubleRange(min = -1e300, max = 1e300) Double> values, @ForAll boolean notNumbers) {
        for (CalibratedSensor sensor : CalibratedSensor.values()) {
            Calibrator calibrator = new Calibrator(sensor, G);
            for (Pose pose : sensor.poses()) {
                calibrator.add(
                        pose,
                        values.stream()
                                .map(value -> sample(value, notNumbers ? Double.NaN : value, -value))
                                .toList());
            }
            CalibrationResult result = calibrator.compute();
            if (notNumbers || values.size() < 2) {
                assertThat(result).isInstanceOf(CalibrationResult.Impossible.class);
            }
        }
    }

    private static List<SensorSample> noisy(
            AxisCorrection planted, double[] truth, int count, double noise, SplittableRandom random) {
        List<SensorSample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            samples.add(sample(
                    truth[0] / planted.scaleX() + planted.offsetX() + noise * (random.nextDouble() - 0.5),
                    truth[1] / planted.scaleY() + planted.offsetY() + noise * (random.nextDouble() - 0.5),
                    truth[2] / planted.scaleZ() + planted.offsetZ() + noise * (random.nextDouble() - 0.5)));
        }
        return samples;
    }

    private static SensorSample sample(double x, double y, double z) {
        return SensorSample.newBuilder().setXFrd(x).setYFrd(y).setZFrd(z).build();
    }

    private static double value(CalibrationResult.Computed computed, String name) {
        return computed.quality().stream()
                .filter(quality -> quality.getName().equals(name))
                .mapToDouble(MeasuredValue::getValue)
                .findFirst()
                .orElseThrow();
    }
}
