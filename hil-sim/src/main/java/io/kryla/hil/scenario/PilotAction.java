package io.kryla.hil.scenario;

import java.util.List;

/**
 * One command that the pilot sends at a moment of the flight.
 *
 * @param name unique in the plan; moments refer to it
 * @param expected code with which the airframe shall refuse it, or give it up; empty when it shall complete it
 */
public record PilotAction(String name, Moment at, Order order, String expected) {

    /** What is commanded. */
    public sealed interface Order {
        record Arm() implements Order {}

        record TakeOff(double heightMeters) implements Order {}

        record Hold() implements Order {}

        record FlyMission(List<Waypoint> waypoints, double speedMetersPerSecond) implements Order {
            public FlyMission {
                waypoints = List.copyOf(waypoints);
            }
        }

        record ReturnToLaunch() implements Order {}

        record Land() implements Order {}

        record Disarm() implements Order {}
    }

    /** Relative to the place of arming, height upwards. */
    public record Waypoint(double northMeters, double eastMeters, double heightMeters) {}
}
