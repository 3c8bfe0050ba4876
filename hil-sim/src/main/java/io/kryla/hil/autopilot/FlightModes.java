package io.kryla.hil.autopilot;

import io.kryla.hil.control.CascadedLoops;
import io.kryla.hil.control.Setpoint;
import io.kryla.hil.estimation.EstimateView;
import java.util.List;

/**
 * The state machine: which mode flies, what setpoint it gives the loops, and which mode follows it.
 *
 * <p>DISARMED → ARMED_IDLE → TAKE_OFF → HOLD ⇄ MISSION, RETURN → LAND → DISARMED; HOLD, RETURN, LAND from any mode in the
 * air. Callers have checked that a change fits.
 */
final class FlightModes {
    private static final double BRAKING = 2.0;
    private static final double RETURN_SPEED = 4.0;
    private static final double LEAST_RETURN_HEIGHT_METERS = 5;
    private static final double RETURN_CLIMB_SPEED = 1.5;
    private static final double HOME_REACHED_METERS = 0.4;

    private final EstimateView estimate;
    private final CascadedLoops loops;
    private final EventQueue events;
    private final Setpoint setpoint = new Setpoint();
    private final StraightPath path = new StraightPath();
    private final TakeOffSequence takeOff = new TakeOffSequence(path);
    private final LandingSequence landing = new LandingSequence();
    private final double[] position = new double[3];
    private final double[] velocity = new double[3];
    private MissionRoute route = new MissionRoute(List.of(), 0);
    private FlightMode mode = FlightMode.DISARMED;
    private boolean airborne;
    private boolean climbingToReturn;

    FlightModes(EstimateView estimate, CascadedLoops loops, EventQueue events) {
        this.estimate = estimate;
        this.loops = loops;
        this.events = events;
    }

    FlightMode mode() {
        return mode;
    }

    boolean airborne() {
        return airborne;
    }

    /** True while armed with nothing to fly: rotors turn slowly and unsteered. */
    boolean idling() {
        return mode == FlightMode.ARMED_IDLE || (mode == FlightMode.LAND && !airborne);
    }

    void arm(long nowNanos) {
        events.add(nowNanos, ControllerEvent.Kind.ARMED, "");
        enter(FlightMode.ARMED_IDLE, nowNanos);
    }

    void disarm(long nowNanos, String why) {
        airborne = false;
        events.add(nowNanos, ControllerEvent.Kind.DISARMED, why);
        enter(FlightMode.DISARMED, nowNanos);
    }

    void takeOff(long nowNanos, double heightMeters) {
        loops.start(headingRadians());
        takeOff.begin(estimate.positionNorthMeters(), estimate.positionEastMeters(), heightMeters);
        enter(FlightMode.TAKE_OFF, nowNanos);
    }

    void hold(long nowNanos) {
        brake();
        enter(FlightMode.HOLD, nowNanos);
    }

    void flyMission(long nowNanos, MissionRoute route) {
        this.route = route;
        route.beginLeg(
                estimate.positionNorthMeters(), estimate.positionEastMeters(), estimate.positionDownMeters(), path);
        enter(FlightMode.MISSION, nowNanos);
    }

    void returnToLaunch(long nowNanos) {
        climbingToReturn = -estimate.positionDownMeters() < LEAST_RETURN_HEIGHT_METERS;
        if (climbingToReturn) {
            flyTo(
                    estimate.positionNorthMeters(),
                    estimate.positionEastMeters(),
                    -LEAST_RETURN_HEIGHT_METERS,
                    RETURN_CLIMB_SPEED);
        } else {
            flyTo(0, 0, estimate.positionDownMeters(), RETURN_SPEED);
        }
        enter(FlightMode.RETURN, nowNanos);
    }

    /** A no-op while landing. */
    void land(long nowNanos) {
        if (mode == FlightMode.LAND) {
            return;
        }
        brake();
        landing.begin(estimate.velocityDownMetersPerSecond());
        enter(FlightMode.LAND, nowNanos);
    }

    /** One tick of the position rate; the loops have observed the estimate. */
    void advance(long nowNanos, double dt) {
        switch (mode) {
            case TAKE_OFF -> {
                boolean arrived = takeOff.advance(estimate, loops, setpoint, dt);
                airborne = takeOff.lifted();
                if (arrived) {
                    path.stay(setpoint.positionNorthMeters, setpoint.positionEastMeters, setpoint.positionDownMeters);
                    enter(FlightMode.HOLD, nowNanos);
                }
            }
            case HOLD -> followPath(dt);
            case MISSION -> {
                followPath(dt);
                if (route.reached(path, estimate)) {
                    reachWaypoint(nowNanos);
                }
            }
            case RETURN -> {
                followPath(dt);
                continueReturn(nowNanos);
            }
            case LAND -> {
                path.advance(dt);
                path.writeTo(setpoint);
                land(landing.advance(estimate, loops, setpoint, dt), nowNanos);
            }
            case DISARMED, ARMED_IDLE -> {}
        }
    }

    private void followPath(double dt) {
        path.advance(dt);
        path.writeTo(setpoint);
        loops.follow(setpoint);
    }

    private void reachWaypoint(long nowNanos) {
        int number = route.advance();
        events.add(nowNanos, ControllerEvent.Kind.WAYPOINT_REACHED, Integer.toString(number));
        Waypoint here = route.last();
        if (route.complete()) {
            path.stay(here.northMeters(), here.eastMeters(), here.downMeters());
            enter(FlightMode.HOLD, nowNanos);
        } else {
            route.beginLeg(here.northMeters(), here.eastMeters(), here.downMeters(), path);
        }
    }

    private void continueReturn(long nowNanos) {
        if (!path.finished()) {
            return;
        }
        double north = estimate.positionNorthMeters();
        double east = estimate.positionEastMeters();
        if (climbingToReturn) {
            climbingToReturn = false;
            flyTo(0, 0, -LEAST_RETURN_HEIGHT_METERS, RETURN_SPEED);
        } else if (north * north + east * east < HOME_REACHED_METERS * HOME_REACHED_METERS) {
            path.stay(0, 0, setpoint.positionDownMeters);
            landing.begin(estimate.velocityDownMetersPerSecond());
            enter(FlightMode.LAND, nowNanos);
        }
    }

    private void land(LandingSequence.Phase phase, long nowNanos) {
        if (phase == LandingSequence.Phase.UNLOADING && loops.spinning()) {
            // It spins on its feet: there is no unloading it gently.
            events.add(nowNanos, ControllerEvent.Kind.TOUCHDOWN, "");
            disarm(nowNanos, "LANDED");
        } else if (phase == LandingSequence.Phase.LANDED && airborne) {
            airborne = false;
            events.add(nowNanos, ControllerEvent.Kind.TOUCHDOWN, "");
        } else if (phase == LandingSequence.Phase.DONE) {
            disarm(nowNanos, "LANDED");
        }
    }

    private void flyTo(double north, double east, double down, double speed) {
        path.begin(
                estimate.positionNorthMeters(),
                estimate.positionEastMeters(),
                estimate.positionDownMeters(),
                north,
                east,
                down,
                0,
                speed,
                MissionRoute.LEG_ACCELERATION);
    }

    private void brake() {
        position[0] = estimate.positionNorthMeters();
        position[1] = estimate.positionEastMeters();
        position[2] = estimate.positionDownMeters();
        velocity[0] = estimate.velocityNorthMetersPerSecond();
        velocity[1] = estimate.velocityEastMetersPerSecond();
        velocity[2] = estimate.velocityDownMetersPerSecond();
        path.brake(position, velocity, BRAKING);
    }

    private void enter(FlightMode next, long nowNanos) {
        mode = next;
        events.add(nowNanos, ControllerEvent.Kind.MODE_CHANGED, next.name());
    }

    private double headingRadians() {
        double w = estimate.attitudeW();
        double x = estimate.attitudeX();
        double y = estimate.attitudeY();
        double z = estimate.attitudeZ();
        return StrictMath.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z));
    }
}
