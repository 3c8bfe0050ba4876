package io.kryla.hil.verdict;

import io.kryla.hil.scenario.PilotAction.Waypoint;
import java.util.List;

/** Horizontal distance from a mission's course: from where the mission was accepted, straight from waypoint to waypoint. */
final class CrossTrack {
    private final Trajectory trajectory;
    private final double[] north;
    private final double[] east;

    CrossTrack(Trajectory trajectory, int start, List<Waypoint> waypoints) {
        this.trajectory = trajectory;
        this.north = new double[waypoints.size() + 1];
        this.east = new double[waypoints.size() + 1];
        north[0] = trajectory.northMeters(start);
        east[0] = trajectory.eastMeters(start);
        for (int i = 0; i < waypoints.size(); i++) {
            north[i + 1] = waypoints.get(i).northMeters();
            east[i + 1] = waypoints.get(i).eastMeters();
        }
    }

    /** Of the i-th sample from the nearest leg. */
    double meters(int i) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int leg = 0; leg + 1 < north.length; leg++) {
            nearest = Math.min(nearest, fromLeg(leg, trajectory.northMeters(i), trajectory.eastMeters(i)));
        }
        return nearest;
    }

    private double fromLeg(int leg, double atNorth, double atEast) {
        double legNorth = north[leg + 1] - north[leg];
        double legEast = east[leg + 1] - east[leg];
        double lengthSquared = legNorth * legNorth + legEast * legEast;
        double along = (atNorth - north[leg]) * legNorth + (atEast - east[leg]) * legEast;
        double share = lengthSquared == 0 ? 0 : Math.max(0, Math.min(1, along / lengthSquared));
        return StrictMath.hypot(atNorth - north[leg] - share * legNorth, atEast - east[leg] - share * legEast);
    }
}
