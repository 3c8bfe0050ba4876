package io.kryla.hil.sensors;

import io.kryla.hil.quantity.Quantity;

/**
 * How good a vehicle's sensors are. Sources of the reference values: {@code docs/simulator.md}.
 *
 * <p>Rates are fixed by the suite: IMU each step, magnetometer 100 Hz, barometer 50 Hz, GNSS 5 Hz, battery 10 Hz.
 */
public record SensorSpecification(
        Imu imu, Magnetometer magnetometer, Barometer barometer, Gnss gnss, BatteryMonitor batteryMonitor) {

    /**
     * Noise densities in (m/s²)/√Hz and (rad/s)/√Hz; positions are the IMU's place in body FRD from the centre of mass;
     * readings saturate at the ranges.
     */
    public record Imu(
            double accelerometerNoiseDensity,
            BiasProcess accelerometerBias,
            double accelerometerRangeMetersPerSecondSquared,
            double gyroNoiseDensity,
            BiasProcess gyroBias,
            double gyroRangeRadiansPerSecond,
            double xFrdMeters,
            double yFrdMeters,
            double zFrdMeters) {
        public Imu {
            Quantity.nonNegative("accelerometerNoiseDensity", accelerometerNoiseDensity);
            Quantity.positive("accelerometerRangeMetersPerSecondSquared", accelerometerRangeMetersPerSecondSquared);
            Quantity.nonNegative("gyroNoiseDensity", gyroNoiseDensity);
            Quantity.positive("gyroRangeRadiansPerSecond", gyroRangeRadiansPerSecond);
            Quantity.finite("xFrdMeters", xFrdMeters);
            Quantity.finite("yFrdMeters", yFrdMeters);
            Quantity.finite("zFrdMeters", zFrdMeters);
        }
    }

    /** Noise density in T/√Hz; the field that the battery's current makes at the sensor in T/A, body FRD. */
    public record Magnetometer(
            double noiseDensity,
            BiasProcess bias,
            double xTeslaPerAmpere,
            double yTeslaPerAmpere,
            double zTeslaPerAmpere) {
        public Magnetometer {
            Quantity.nonNegative("noiseDensity", noiseDensity);
            Quantity.within("xTeslaPerAmpere", xTeslaPerAmpere, -1e-4, 1e-4);
            Quantity.within("yTeslaPerAmpere", yTeslaPerAmpere, -1e-4, 1e-4);
            Quantity.within("zTeslaPerAmpere", zTeslaPerAmpere, -1e-4, 1e-4);
        }
    }

    /** @param windPressureRatio share of the dynamic pressure of the air flowing past that the reading lacks */
    public record Barometer(double noiseSigmaPascals, BiasProcess drift, double windPressureRatio) {
        public Barometer {
            Quantity.nonNegative("noiseSigmaPascals", noiseSigmaPascals);
            Quantity.within("windPressureRatio", windPressureRatio, -2, 2);
        }
    }

    /** Biases are drawn for north, east and down; the receiver reports {@code …Sigma} values as its own accuracy. */
    public record Gnss(
            double latencySeconds,
            double horizontalNoiseSigmaMeters,
            double verticalNoiseSigmaMeters,
            double velocityNoiseSigmaMetersPerSecond,
            BiasProcess horizontalBias,
            BiasProcess verticalBias,
            int satellites) {
        public Gnss {
            Quantity.within("latencySeconds", latencySeconds, 0, 1);
            Quantity.nonNegative("horizontalNoiseSigmaMeters", horizontalNoiseSigmaMeters);
            Quantity.nonNegative("verticalNoiseSigmaMeters", verticalNoiseSigmaMeters);
            Quantity.nonNegative("velocityNoiseSigmaMetersPerSecond", velocityNoiseSigmaMetersPerSecond);
            Quantity.within("satellites", satellites, 0, 100);
        }
    }

    public record BatteryMonitor(double voltageNoiseSigmaVolts, double currentNoiseSigmaAmperes) {
        public BatteryMonitor {
            Quantity.nonNegative("voltageNoiseSigmaVolts", voltageNoiseSigmaVolts);
            Quantity.nonNegative("currentNoiseSigmaAmperes", currentNoiseSigmaAmperes);
        }
    }

    public static SensorSpecification reference() {
        return new SensorSpecification(
                new Imu(
                        0.004,
                        new BiasProcess(0.196, 0.006, 300),
                        16 * 9.80665,
                        3.394e-4,
                        new BiasProcess(0.0087, 3.88e-5, 1000),
                        StrictMath.toRadians(2000),
                        0.02,
                        0,
                        -0.01),
                new Magnetometer(4e-8, new BiasProcess(0, 6.4e-10, 600), 2.0e-8, -1.5e-8, 3.0e-8),
                new Barometer(1.0, BiasProcess.stationary(2.0, 600), 0.05),
                new Gnss(
                        0.120,
                        0.10,
                        0.15,
                        0.05,
                        BiasProcess.stationary(0.15, 60),
                        BiasProcess.stationary(0.25, 60),
                        14),
                new BatteryMonitor(0.02, 0.1));
    }
}
