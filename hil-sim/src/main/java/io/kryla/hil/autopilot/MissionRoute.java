package io.kryla.hil.autopilot;

import io.kryla.hil.estimation.EstimateView;
import java.util.List;

/** The waypoints of a mission, flown leg by leg, stopping at each. */
final class MissionRoute {
    static final double LEG_ACCELERATION = 2.0;
    private static final double REACHED_METERS = 0.6;

    private final List<Waypoint> waypoints;
    private final double speed;
    private int next;

    MissionRoute(List<Waypoint> waypoints, double speedMetersPerSecond) {
        this.waypoints = List.copyOf(waypoints);
        speed = speedMetersPerSecond;
    }

    /** Starts the leg to the next waypoint from where the vehicle is. */
    void beginLeg(double fromNorth, double fromEast, double fromDown, StraightPath path) {
        Waypoint to = waypoints.get(next);
        path.begin(
                fromNorth,
                fromEast,
                fromDown,
                to.northMeters(),
                to.eastMeters(),
                to.downMeters(),
                0,
                speed,
                LEG_ACCELERATION);
    }

    boolean reached(StraightPath path, EstimateView estimate) {
        Waypoint to = waypoints.get(next);
        double north = estimate.positionNorthMeters() - to.northMeters();
        double east = estimate.positionEastMeters() - to.eastMeters();
        double down = estimate.positionDownMeters() - to.downMeters();
        return path.finished() && north * north + east * east + down * down < REACHED_METERS * REACHED_METERS;
    }

    /** @return the number, from 1, of the waypoint that was reached */
    int advance() {
        return ++next;
    }

    Waypoint last() {
        return waypoints.get(next - 1);
    }

    boolean complete() {
        return next >= waypoints.size();
    }
}
