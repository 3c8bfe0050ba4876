package io.kryla.hil.autopilot;

import io.kryla.hil.control.CascadedLoops;
import io.kryla.hil.control.Setpoint;
import io.kryla.hil.estimation.EstimateView;

/** Off the ground: thrust rises, level, until it lifts; then straight up to the height. */
final class TakeOffSequence {
    private static final double FIRST_SHARE_OF_WEIGHT = 0.2;
    private static final double QUICK_RISE_PER_SECOND = 1.5;
    private static final double SLOW_RISE_PER_SECOND = 0.4;
    private static final double SLOW_FROM = 0.8;
    private static final double MOST_SHARE_OF_WEIGHT = 1.5;
    private static final double LIFTED_METERS = 0.12;
    private static final double LIFTED_SPEED = 0.3;
    private static final double CLIMB_SPEED = 1.5;
    private static final double CLIMB_ACCELERATION = 1.2;
    private static final double ARRIVED_METERS = 0.3;
    private static final double ARRIVED_SPEED = 0.3;

    private final StraightPath path;
    private boolean lifted;
    private double share;
    private double startNorth;
    private double startEast;
    private double heightMeters;

    TakeOffSequence(StraightPath path) {
        this.path = path;
    }

    /** From the place given; whatever wind does at lift-off, it climbs above that place. */
    void begin(double north, double east, double heightAboveHomeMeters) {
        startNorth = north;
        startEast = east;
        lifted = false;
        share = FIRST_SHARE_OF_WEIGHT;
        heightMeters = heightAboveHomeMeters;
    }

    boolean lifted() {
        return lifted;
    }

    /** One tick of the position rate. @return true once it hovers at its height */
    boolean advance(EstimateView estimate, CascadedLoops loops, Setpoint setpoint, double dt) {
        if (!lifted) {
            rise(estimate, loops, dt);
            return false;
        }
        path.advance(dt);
        path.writeTo(setpoint);
        loops.follow(setpoint);
        return path.finished()
                && Math.abs(estimate.positionDownMeters() + heightMeters) < ARRIVED_METERS
                && Math.abs(estimate.velocityDownMetersPerSecond()) < ARRIVED_SPEED;
    }

    private void rise(EstimateView estimate, CascadedLoops loops, double dt) {
        share = Math.min(
                MOST_SHARE_OF_WEIGHT, share + dt * (share < SLOW_FROM ? QUICK_RISE_PER_SECOND : SLOW_RISE_PER_SECOND));
        loops.level(share);
        double climb = -estimate.velocityDownMetersPerSecond();
        if (-estimate.positionDownMeters() > LIFTED_METERS || climb > LIFTED_SPEED) {
            lifted = true;
            path.begin(
                    startNorth,
                    startEast,
                    estimate.positionDownMeters(),
                    startNorth,
                    startEast,
                    -heightMeters,
                    Math.max(0, Math.min(CLIMB_SPEED, climb)),
                    CLIMB_SPEED,
                    CLIMB_ACCELERATION);
        }
    }
}
