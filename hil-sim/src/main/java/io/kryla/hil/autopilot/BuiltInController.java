package io.kryla.hil.autopilot;

import io.kryla.hil.control.AirframeParameters;
import io.kryla.hil.estimation.EstimateView;
import io.kryla.hil.readings.SensorReadings;
import java.util.List;
import java.util.Optional;

/** The built-in reference controller: its own estimator, cascaded control, and a small state machine of modes. */
public final class BuiltInController implements FlightController {
    /** @param magneticDeclinationRadians from a chart of the place; a controller cannot measure it */
    public BuiltInController(AirframeParameters airframe, double magneticDeclinationRadians) {}

    @Override
    public void step(SensorReadings readings, long flightTimeNanos, double[] rotorCommandsOut) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FlightMode mode() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean armed() {
        throw new UnsupportedOperationException();
    }

    @Override
    public EstimateView estimate() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CommandRefusal> arm() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CommandRefusal> disarm() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CommandRefusal> takeOff(double heightAboveHomeMeters) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CommandRefusal> hold() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CommandRefusal> flyMission(List<Waypoint> waypoints, double speedMetersPerSecond) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CommandRefusal> returnToLaunch() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CommandRefusal> land() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ControllerEvent> pollEvent() {
        throw new UnsupportedOperationException();
    }
}
