package io.kryla.hil.flight;

import io.kryla.hil.autopilot.FlightController;
import io.kryla.v1.Command;
import java.util.OptionalDouble;

/**
 * How far the command in progress has come: of the height for take-off and landing, a quarter at a time, and of the waypoints
 * for a mission. The others are short, or have no measure. Confined to the flight thread.
 */
final class CommandProgress {
    private static final double STEP = 0.25;

    private final FlightController controller;
    private final Command command;
    private final double startHeightMeters;
    private int waypointsReached;
    private double reported;

    CommandProgress(FlightController controller, Command command) {
        this.controller = controller;
        this.command = command;
        this.startHeightMeters = heightMeters();
    }

    void waypointReached() {
        waypointsReached++;
    }

    /** A ratio above the one that was returned before, if it has come so far. */
    OptionalDouble advance() {
        double done = switch (command.getActionCase()) {
            case TAKE_OFF -> wholeSteps(heightMeters() / command.getTakeOff().getHeightAboveHomeMeters());
            case LAND -> startHeightMeters > 0 ? wholeSteps(1 - heightMeters() / startHeightMeters) : 0;
            case FLY_MISSION ->
                (double) waypointsReached / command.getFlyMission().getWaypointsCount();
            default -> 0;
        };
        if (!(done > reported && done < 1)) {
            return OptionalDouble.empty();
        }
        reported = done;
        return OptionalDouble.of(done);
    }

    private static double wholeSteps(double ratio) {
        return Math.floor(ratio / STEP) * STEP;
    }

    private double heightMeters() {
        return -controller.estimate().positionDownMeters();
    }
}
