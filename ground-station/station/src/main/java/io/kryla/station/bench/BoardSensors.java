package io.kryla.station.bench;

import io.kryla.airframe.ParameterStore;
import io.kryla.airframe.SelfTest;
import io.kryla.factory.calibration.AxisCorrection;
import io.kryla.factory.calibration.CalibratedSensor;
import io.kryla.factory.calibration.Pose;
import io.kryla.hil.flight.BenchSelfTest;
import io.kryla.hil.flight.HeldSensors;
import io.kryla.hil.physics.Site;
import io.kryla.hil.readings.SensorReadings;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.hil.sensors.SensorFaults;
import io.kryla.v1.MeasuredValue;
import io.kryla.v1.Parameter;
import io.kryla.v1.SensorSample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The sensors of a simulated board on the bench. As soldered each has offsets and scales of its own, drawn from the board's
 * seed; what is measured goes through the correction that the line has written into the board, as in a real autopilot. In
 * flight the simulator's sensors are those of a board that was corrected.
 */
final class BoardSensors implements SelfTest {
    private static final double TESLA_PER_GAUSS = 1e-4;
    /** Of MEMS parts before calibration: zero-g offset ±30 mg, sensitivity ±2 %, hard iron ±0.1 G, soft iron ±5 % (estimated). */
    private static final double ACCELEROMETER_OFFSET = 0.3;

    private static final double ACCELEROMETER_SCALE = 0.02;
    private static final double MAGNETOMETER_OFFSET_GAUSS = 0.1;
    private static final double MAGNETOMETER_SCALE = 0.05;
    private static final double GYRO_OFFSET = 0.01;
    /** How well a person holds a pose against the bench's corner. */
    private static final double POSE_ERROR_RADIANS = 0.015;

    private final VehicleFile vehicle;
    private final long seed;
    private final SensorFaults defects;
    private final ParameterStore parameters;
    private final Supplier<Optional<Pose>> held;
    private final Map<CalibratedSensor, Integer> turns = new EnumMap<>(CalibratedSensor.class);
    private final AxisCorrection accelerometer;
    private final AxisCorrection gyro;
    private final AxisCorrection magnetometer;

    /** @param held how somebody holds the board; a fixture turns it where nobody does */
    BoardSensors(
            VehicleFile vehicle,
            long seed,
            SensorFaults defects,
            ParameterStore parameters,
            Supplier<Optional<Pose>> held) {
        this.vehicle = vehicle;
        this.seed = seed;
        this.defects = defects;
        this.parameters = parameters;
        this.held = held;
        SplittableRandom chance = new SplittableRandom(seed);
        this.accelerometer = planted(chance, ACCELEROMETER_OFFSET, ACCELEROMETER_SCALE);
        this.gyro = planted(chance, GYRO_OFFSET, 0);
        this.magnetometer = planted(chance, MAGNETOMETER_OFFSET_GAUSS, MAGNETOMETER_SCALE);
    }

    /** The correction that would be perfect. */
    private static AxisCorrection planted(SplittableRandom chance, double offset, double scale) {
        return new AxisCorrection(
                within(chance, offset),
                within(chance, offset),
                within(chance, offset),
                1 + within(chance, scale),
                1 + within(chance, scale),
                1 + within(chance, scale));
    }

    private static double within(SplittableRandom chance, double most) {
        return most * (2 * chance.nextDouble() - 1);
    }

    @Override
    public List<MeasuredValue> measure(List<String> names) {
        Map<String, Double> stored = parameters.read().stream()
                .collect(Collectors.toMap(Parameter::getName, Parameter::getValue, (first, second) -> second));
        AxisCorrection ofAccelerometer = correction(CalibratedSensor.ACCELEROMETER, stored);
        AxisCorrection ofGyro = correction(CalibratedSensor.GYRO, stored);
        AxisCorrection ofMagnetometer = correction(CalibratedSensor.MAGNETOMETER, stored);
        return new BenchSelfTest(vehicle, Site.reference(), seed, defects, readings -> {
                    set(
                            readings,
                            CalibratedSensor.ACCELEROMETER,
                            corrected(ofAccelerometer, rawAcceleration(readings)));
                    set(readings, CalibratedSensor.GYRO, corrected(ofGyro, rawRate(readings)));
                    set(readings, CalibratedSensor.MAGNETOMETER, corrected(ofMagnetometer, rawField(readings)));
                })
                .measure(names);
    }

    private static AxisCorrection correction(CalibratedSensor sensor, Map<String, Double> stored) {
        return AxisCorrection.ofParameters(sensor, stored).orElse(AxisCorrection.NONE);
    }

    private static double[] corrected(AxisCorrection correction, double[] raw) {
        return correction.apply(raw[0], raw[1], raw[2]);
    }

    @Override
    public List<SensorSample> sample(String name, int count) {
        CalibratedSensor sensor = CalibratedSensor.ofWord(name).orElse(null);
        if (sensor == null) {
            return List.of();
        }
        Pose pose = held.get().orElseGet(() -> turnedByFixture(sensor));
        HeldSensors sensors = new HeldSensors(vehicle, Site.reference(), seed);
        sensors.setFaults(defects);
        SplittableRandom hand = new SplittableRandom(seed + 31L * pose.ordinal());
        double rollError = within(hand, POSE_ERROR_RADIANS);
        double pitchError = within(hand, POSE_ERROR_RADIANS);
        List<SensorSample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            hold(sensors, pose, (double) i / count, rollError, pitchError);
            SensorReadings readings = sensors.read();
            double[] raw = switch (sensor) {
                case ACCELEROMETER -> rawAcceleration(readings);
                case GYRO -> rawRate(readings);
                case MAGNETOMETER -> rawField(readings);
            };
            samples.add(SensorSample.newBuilder()
                    .setXFrd(raw[0])
                    .setYFrd(raw[1])
                    .setZFrd(raw[2])
                    .build());
        }
        return samples;
    }

    /** A fixture takes the poses of a sensor in their order, one for each time that it is sampled. */
    private Pose turnedByFixture(CalibratedSensor sensor) {
        return sensor.poses()
                .get((turns.merge(sensor, 1, Integer::sum) - 1) % sensor.poses().size());
    }

    private static void hold(HeldSensors sensors, Pose pose, double ratio, double rollError, double pitchError) {
        double quarter = StrictMath.PI / 2;
        switch (pose) {
            case UPSIDE_DOWN -> sensors.hold(2 * quarter + rollError, pitchError, 0);
            case NOSE_UP -> sensors.hold(rollError, quarter + pitchError, 0);
            case NOSE_DOWN -> sensors.hold(rollError, -quarter + pitchError, 0);
            case RIGHT_SIDE_DOWN -> sensors.hold(quarter + rollError, pitchError, 0);
            case LEFT_SIDE_DOWN -> sensors.hold(-quarter + rollError, pitchError, 0);
            // Eight turns about one axis while the nose goes up, down and back, and once around: through every octant.
            case TURNING ->
                sensors.hold(32 * quarter * ratio, quarter * StrictMath.sin(4 * quarter * ratio), 4 * quarter * ratio);
            default -> sensors.hold(rollError, pitchError, 0);
        }
    }

    private double[] rawAcceleration(SensorReadings readings) {
        return raw(
                accelerometer,
                readings.accelerationFrdXMetersPerSecondSquared,
                readings.accelerationFrdYMetersPerSecondSquared,
                readings.accelerationFrdZMetersPerSecondSquared);
    }

    private double[] rawRate(SensorReadings readings) {
        return raw(
                gyro,
                readings.bodyRateFrdXRadiansPerSecond,
                readings.bodyRateFrdYRadiansPerSecond,
                readings.bodyRateFrdZRadiansPerSecond);
    }

    /** In gauss. */
    private double[] rawField(SensorReadings readings) {
        return raw(
                magnetometer,
                readings.magneticFieldFrdXTesla / TESLA_PER_GAUSS,
                readings.magneticFieldFrdYTesla / TESLA_PER_GAUSS,
                readings.magneticFieldFrdZTesla / TESLA_PER_GAUSS);
    }

    /** What the part reads where a perfect one reads (x, y, z): the correction the other way round. */
    private static double[] raw(AxisCorrection perfect, double x, double y, double z) {
        return new double[] {
            x / perfect.scaleX() + perfect.offsetX(),
            y / perfect.scaleY() + perfect.offsetY(),
            z / perfect.scaleZ() + perfect.offsetZ()
        };
    }

    private static void set(SensorReadings readings, CalibratedSensor sensor, double[] value) {
        switch (sensor) {
            case ACCELEROMETER -> {
                readings.accelerationFrdXMetersPerSecondSquared = value[0];
                readings.accelerationFrdYMetersPerSecondSquared = value[1];
                readings.accelerationFrdZMetersPerSecondSquared = value[2];
            }
            case GYRO -> {
                readings.bodyRateFrdXRadiansPerSecond = value[0];
                readings.bodyRateFrdYRadiansPerSecond = value[1];
                readings.bodyRateFrdZRadiansPerSecond = value[2];
            }
            case MAGNETOMETER -> {
                readings.magneticFieldFrdXTesla = value[0] * TESLA_PER_GAUSS;
                readings.magneticFieldFrdYTesla = value[1] * TESLA_PER_GAUSS;
                readings.magneticFieldFrdZTesla = value[2] * TESLA_PER_GAUSS;
            }
        }
    }
}
