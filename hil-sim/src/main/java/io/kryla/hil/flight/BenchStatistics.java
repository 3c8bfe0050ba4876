package io.kryla.hil.flight;

import io.kryla.hil.geometry.LocalTangentPlane;
import io.kryla.hil.physics.Site;
import io.kryla.hil.readings.SensorReadings;
import io.kryla.v1.MeasuredValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sums of what the sensors read at rest, and the measurements that follow from them. */
final class BenchStatistics {
    private static final double TESLA_PER_GAUSS = 1e-4;

    private final LocalTangentPlane plane;
    private final Channel[] acceleration = channels();
    private final Channel[] bodyRate = channels();
    private final Channel[] field = channels();
    private final Channel pressure = new Channel();
    private final Channel voltage = new Channel();
    private final List<double[]> fixes = new ArrayList<>();
    private int leastSatellites = Integer.MAX_VALUE;

    BenchStatistics(Site site) {
        this.plane = new LocalTangentPlane(site.origin());
    }

    void add(SensorReadings readings) {
        if (readings.imuFresh) {
            acceleration[0].add(readings.accelerationFrdXMetersPerSecondSquared);
            acceleration[1].add(readings.accelerationFrdYMetersPerSecondSquared);
            acceleration[2].add(readings.accelerationFrdZMetersPerSecondSquared);
            bodyRate[0].add(readings.bodyRateFrdXRadiansPerSecond);
            bodyRate[1].add(readings.bodyRateFrdYRadiansPerSecond);
            bodyRate[2].add(readings.bodyRateFrdZRadiansPerSecond);
        }
        if (readings.magnetometerFresh) {
            field[0].add(readings.magneticFieldFrdXTesla / TESLA_PER_GAUSS);
            field[1].add(readings.magneticFieldFrdYTesla / TESLA_PER_GAUSS);
            field[2].add(readings.magneticFieldFrdZTesla / TESLA_PER_GAUSS);
        }
        if (readings.barometerFresh) {
            pressure.add(readings.pressurePascals);
        }
        if (readings.batteryFresh) {
            voltage.add(readings.batteryVoltageVolts);
        }
        if (readings.gnssFresh) {
            fixes.add(new double[] {
                plane.northMeters(readings.latitudeRadians), plane.eastMeters(readings.longitudeRadians)
            });
            leastSatellites = Math.min(leastSatellites, readings.gnssSatellites);
        }
    }

    /** By name; what could not be measured is absent. */
    Map<String, MeasuredValue> values() {
        var values = new LinkedHashMap<String, MeasuredValue>();
        put(values, "accelerometer.norm", norm(acceleration), "m/s²");
        put(values, "accelerometer.noise", noisiest(acceleration), "m/s²");
        put(values, "accelerometer.quietest-axis", quietest(acceleration), "m/s²");
        put(values, "gyro.bias", norm(bodyRate), "rad/s");
        put(values, "gyro.noise", noisiest(bodyRate), "rad/s");
        put(values, "gyro.quietest-axis", quietest(bodyRate), "rad/s");
        put(values, "magnetometer.norm", norm(field), "G");
        put(values, "barometer.pressure", pressure.mean(), "Pa");
        put(values, "battery.voltage", voltage.mean(), "V");
        put(values, "gnss.satellites", fixes.isEmpty() ? 0 : leastSatellites, "1");
        if (!fixes.isEmpty()) {
            put(values, "gnss.spread", spread(), "m");
        }
        return values;
    }

    private static void put(Map<String, MeasuredValue> values, String name, double value, String unit) {
        values.put(
                name,
                MeasuredValue.newBuilder()
                        .setName(name)
                        .setValue(value)
                        .setUnit(unit)
                        .build());
    }

    private static double norm(Channel[] axes) {
        double sum = 0;
        for (var axis : axes) {
            sum += axis.mean() * axis.mean();
        }
        return Math.sqrt(sum);
    }

    private static double noisiest(Channel[] axes) {
        return Math.max(axes[0].sigma(), Math.max(axes[1].sigma(), axes[2].sigma()));
    }

    private static double quietest(Channel[] axes) {
        return Math.min(axes[0].sigma(), Math.min(axes[1].sigma(), axes[2].sigma()));
    }

    private double spread() {
        double north = 0;
        double east = 0;
        for (var fix : fixes) {
            north += fix[0] / fixes.size();
            east += fix[1] / fixes.size();
        }
        double greatest = 0;
        for (var fix : fixes) {
            greatest = Math.max(greatest, StrictMath.hypot(fix[0] - north, fix[1] - east));
        }
        return greatest;
    }

    private static Channel[] channels() {
        return new Channel[] {new Channel(), new Channel(), new Channel()};
    }

    /** Running mean and variance (Welford 1962): no cancellation, whatever the offset. */
    private static final class Channel {
        private long count;
        private double mean;
        private double squares;

        void add(double value) {
            count++;
            double before = value - mean;
            mean += before / count;
            squares += before * (value - mean);
        }

        double mean() {
            return mean;
        }

        double sigma() {
            return count < 2 ? 0 : Math.sqrt(squares / (count - 1));
        }
    }
}
