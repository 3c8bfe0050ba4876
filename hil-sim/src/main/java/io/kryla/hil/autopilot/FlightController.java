package io.kryla.hil.autopilot;

import io.kryla.hil.estimation.EstimateView;
import io.kryla.hil.readings.SensorReadings;
import java.util.List;
import java.util.Optional;

/**
 * The port behind which an autopilot flies: it sees sensor readings and commands, never the true state.
 *
 * <p>A command method answers at once: empty when the command was accepted, else why it was refused. How far an accepted
 * command has come shows in {@link #mode()} and {@link #pollEvent()}: take-off and mission end in HOLD, return and land
 * in DISARMED. Confined to one thread.
 */
public interface FlightController {
    /**
     * One tick; call it after each sample of the sensors.
     *
     * @param rotorCommandsOut overwritten: 0 to 1 of maximum rotor speed, in the order of the vehicle's rotors
     */
    void step(SensorReadings readings, long flightTimeNanos, double[] rotorCommandsOut);

    /** A ground was heard from now; once one was, its silence is a lost link. */
    void heardGround(long flightTimeNanos);

    FlightMode mode();

    boolean armed();

    /** Live, and always the same object. */
    EstimateView estimate();

    Optional<CommandRefusal> arm();

    /** On the ground only. */
    Optional<CommandRefusal> disarm();

    Optional<CommandRefusal> takeOff(double heightAboveHomeMeters);

    Optional<CommandRefusal> hold();

    Optional<CommandRefusal> flyMission(List<Waypoint> waypoints, double speedMetersPerSecond);

    Optional<CommandRefusal> returnToLaunch();

    Optional<CommandRefusal> land();

    /** Takes the oldest event that was not taken yet. */
    Optional<ControllerEvent> pollEvent();
}
