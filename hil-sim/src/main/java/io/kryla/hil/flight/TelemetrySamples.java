package io.kryla.hil.flight;

import io.kryla.hil.autopilot.ControllerEvent;
import io.kryla.hil.autopilot.FlightController;
import io.kryla.hil.readings.SensorReadings;
import io.kryla.v1.FlightEvent;
import io.kryla.v1.FlightEventKind;
import io.kryla.v1.FlightMode;
import io.kryla.v1.Sample;
import io.kryla.v1.VehicleState;

/** Puts what the controller believes and the sensors read into samples; the true state is not known here. */
final class TelemetrySamples {
    private final FlightController controller;
    private final SensorReadings readings;
    private final double[] rotorCommands;

    TelemetrySamples(FlightController controller, SensorReadings readings, double[] rotorCommands) {
        this.controller = controller;
        this.readings = readings;
        this.rotorCommands = rotorCommands;
    }

    Sample state(long nowNanos) {
        var estimate = controller.estimate();
        var state = VehicleState.newBuilder()
                .setMode(FlightMode.valueOf("FLIGHT_MODE_" + controller.mode().name()))
                .setArmed(controller.armed())
                .setAttitudeW((float) estimate.attitudeW())
                .setAttitudeX((float) estimate.attitudeX())
                .setAttitudeY((float) estimate.attitudeY())
                .setAttitudeZ((float) estimate.attitudeZ())
                .setBodyRateFrdXRadiansPerSecond((float) estimate.bodyRateFrdXRadiansPerSecond())
                .setBodyRateFrdYRadiansPerSecond((float) estimate.bodyRateFrdYRadiansPerSecond())
                .setBodyRateFrdZRadiansPerSecond((float) estimate.bodyRateFrdZRadiansPerSecond())
                .setVelocityNorthMetersPerSecond((float) estimate.velocityNorthMetersPerSecond())
                .setVelocityEastMetersPerSecond((float) estimate.velocityEastMetersPerSecond())
                .setVelocityDownMetersPerSecond((float) estimate.velocityDownMetersPerSecond())
                .setPositionNorthMeters((float) estimate.positionNorthMeters())
                .setPositionEastMeters((float) estimate.positionEastMeters())
                .setPositionDownMeters((float) estimate.positionDownMeters())
                .setLatitudeRadians(estimate.latitudeRadians())
                .setLongitudeRadians(estimate.longitudeRadians())
                .setAltitudeMslMeters((float) estimate.altitudeMslMeters())
                .setHorizontalPositionSigmaMeters((float) estimate.horizontalPositionSigmaMeters())
                .setVerticalPositionSigmaMeters((float) estimate.verticalPositionSigmaMeters())
                .setBatteryVoltageVolts((float) readings.batteryVoltageVolts)
                .setBatteryCurrentAmperes((float) readings.batteryCurrentAmperes)
                .setBatteryRemainingRatio((float) readings.batteryRemainingRatio)
                .setGnssSatellites(readings.gnssSatellites);
        for (double command : rotorCommands) {
            state.addRotorCommands((float) command);
        }
        return Sample.newBuilder()
                .setFlightTimeNanos(nowNanos)
                .setVehicleState(state)
                .build();
    }

    Sample event(long nowNanos, ControllerEvent event) {
        return Sample.newBuilder()
                .setFlightTimeNanos(nowNanos)
                .setFlightEvent(FlightEvent.newBuilder()
                        .setKind(FlightEventKind.valueOf(
                                "FLIGHT_EVENT_KIND_" + event.kind().name()))
                        .setDetail(event.detail()))
                .build();
    }
}
