package io.kryla.hil.scenario;

import static io.kryla.hil.scenario.VehicleReader.count;
import static io.kryla.hil.scenario.VehicleReader.value;

import com.fasterxml.jackson.databind.JsonNode;
import io.kryla.hil.sensors.BiasProcess;
import io.kryla.hil.sensors.SensorSpecification;
import io.kryla.hil.sensors.SensorSpecification.Barometer;
import io.kryla.hil.sensors.SensorSpecification.BatteryMonitor;
import io.kryla.hil.sensors.SensorSpecification.Gnss;
import io.kryla.hil.sensors.SensorSpecification.Imu;
import io.kryla.hil.sensors.SensorSpecification.Magnetometer;

/** Reads the sensors' section of a vehicle document. */
final class SensorReader {
    private SensorReader() {}

    static SensorSpecification read(JsonNode sensors) {
        return new SensorSpecification(
                imu(sensors),
                magnetometer(sensors.path("magnetometer")),
                barometer(sensors.path("barometer")),
                gnss(sensors.path("gnss")),
                batteryMonitor(sensors.path("battery-monitor")));
    }

    private static Imu imu(JsonNode sensors) {
        var accelerometer = sensors.path("accelerometer");
        var gyro = sensors.path("gyro");
        var place = sensors.path("imu-place").path("points").path(0);
        return new Imu(
                value(accelerometer, "noise-density"),
                bias(accelerometer),
                value(accelerometer, "range"),
                value(gyro, "noise-density"),
                bias(gyro),
                StrictMath.toRadians(value(gyro, "range")),
                place.path("x").asDouble(),
                place.path("y").asDouble(),
                place.path("z").asDouble());
    }

    private static Magnetometer magnetometer(JsonNode node) {
        return new Magnetometer(
                value(node, "noise-density"),
                bias(node),
                value(node, "current-field-x"),
                value(node, "current-field-y"),
                value(node, "current-field-z"));
    }

    private static Barometer barometer(JsonNode node) {
        return new Barometer(
                value(node, "noise"),
                BiasProcess.stationary(value(node, "drift"), value(node, "drift-correlation")),
                value(node, "wind-pressure"));
    }

    private static Gnss gnss(JsonNode node) {
        double correlation = value(node, "bias-correlation");
        return new Gnss(
                value(node, "latency"),
                value(node, "horizontal-noise"),
                value(node, "vertical-noise"),
                value(node, "velocity-noise"),
                BiasProcess.stationary(value(node, "horizontal-bias"), correlation),
                BiasProcess.stationary(value(node, "vertical-bias"), correlation),
                count(node, "satellites"));
    }

    private static BatteryMonitor batteryMonitor(JsonNode node) {
        return new BatteryMonitor(value(node, "voltage-noise"), value(node, "current-noise"));
    }

    private static BiasProcess bias(JsonNode node) {
        return new BiasProcess(value(node, "turn-on-bias"), value(node, "bias-walk"), value(node, "bias-correlation"));
    }
}
