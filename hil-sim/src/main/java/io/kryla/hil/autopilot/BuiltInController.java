package io.kryla.hil.autopilot;

import io.kryla.hil.control.AirframeParameters;
import io.kryla.hil.control.CascadedLoops;
import io.kryla.hil.estimation.EstimateView;
import io.kryla.hil.estimation.MagneticChart;
import io.kryla.hil.estimation.NavigationFilter;
import io.kryla.hil.readings.SensorReadings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The built-in reference controller: its own estimator, cascaded control, and a small state machine of modes.
 *
 * <p>It is safe to be asked anything at any time: a command that does not fit is refused. What it does on its own is listed
 * in {@link Failsafe}. Made for ticks of 1 ms; a tick allocates nothing but the rare event. Confined to one thread.
 */
public final class BuiltInController implements FlightController {
    private static final double TICK_SECONDS = 0.001;
    private static final double IDLE_COMMAND = 0.12;
    private static final double LEAST_HEIGHT_METERS = 1;
    private static final double MOST_HEIGHT_METERS = 120;
    private static final double LEAST_SPEED = 0.5;
    private static final double MOST_SPEED = 8;
    private static final double FARTHEST_METERS = 1_000;
    private static final int MOST_WAYPOINTS = 100;

    private final NavigationFilter navigation;
    private final EstimateView estimate;
    private final CascadedLoops loops;
    private final FlightModes modes;
    private final EventQueue events = new EventQueue();
    private final ArmingChecks armingChecks;
    private final Failsafes failsafes;
    private long nowNanos;

    /** @param chart of the place; a controller cannot measure it */
    public BuiltInController(AirframeParameters airframe, MagneticChart chart) {
        this(airframe, chart, Geofence.widest());
    }

    public BuiltInController(AirframeParameters airframe, MagneticChart chart, Geofence fence) {
        navigation = new NavigationFilter(chart.declinationRadians());
        estimate = navigation.view();
        loops = new CascadedLoops(airframe);
        modes = new FlightModes(estimate, loops, events);
        armingChecks = new ArmingChecks(chart);
        failsafes = new Failsafes(estimate, loops, modes, events, fence, airframe.batteryCellsInSeries());
    }

    @Override
    public void step(SensorReadings readings, long flightTimeNanos, double[] rotorCommandsOut) {
        nowNanos = flightTimeNanos;
        navigation.setStanding(!armed());
        navigation.step(readings, flightTimeNanos);
        armingChecks.observe(readings);
        failsafes.observe(readings, flightTimeNanos);
        if (!armed()) {
            Arrays.fill(rotorCommandsOut, 0);
            return;
        }
        loops.observeAttitude(estimate.attitudeW(), estimate.attitudeX(), estimate.attitudeY(), estimate.attitudeZ());
        loops.observeBodyRate(
                estimate.bodyRateFrdXRadiansPerSecond(),
                estimate.bodyRateFrdYRadiansPerSecond(),
                estimate.bodyRateFrdZRadiansPerSecond());
        if (flightTimeNanos % CascadedLoops.POSITION_PERIOD_NANOS == 0) {
            loops.observePosition(
                    estimate.positionNorthMeters(), estimate.positionEastMeters(), estimate.positionDownMeters());
            loops.observeVelocity(
                    estimate.velocityNorthMetersPerSecond(),
                    estimate.velocityEastMetersPerSecond(),
                    estimate.velocityDownMetersPerSecond());
            modes.advance(flightTimeNanos, CascadedLoops.POSITION_PERIOD_NANOS * 1e-9);
        }
        failsafes.act(rotorCommandsOut, TICK_SECONDS, flightTimeNanos);
        if (!armed()) {
            Arrays.fill(rotorCommandsOut, 0);
        } else if (modes.idling()) {
            Arrays.fill(rotorCommandsOut, IDLE_COMMAND);
        } else {
            loops.steer(TICK_SECONDS, rotorCommandsOut);
        }
    }

    @Override
    public void heardGround(long flightTimeNanos) {
        failsafes.heardGround(flightTimeNanos);
    }

    @Override
    public FlightMode mode() {
        return modes.mode();
    }

    @Override
    public boolean armed() {
        return modes.mode() != FlightMode.DISARMED;
    }

    @Override
    public EstimateView estimate() {
        return estimate;
    }

    @Override
    public Optional<CommandRefusal> arm() {
        Optional<CommandRefusal> refusal = armed()
                ? Optional.of(CommandRefusal.ALREADY_ARMED)
                : armingChecks.refusal(estimate, failsafes.batteryLow(), failsafes.linkLost(nowNanos), nowNanos);
        if (refusal.isPresent()) {
            events.add(
                    nowNanos, ControllerEvent.Kind.ARMING_REFUSED, refusal.get().name());
            return refusal;
        }
        navigation.setHomeHere();
        failsafes.rearm();
        modes.arm(nowNanos);
        return Optional.empty();
    }

    @Override
    public Optional<CommandRefusal> disarm() {
        if (!armed()) {
            return Optional.of(CommandRefusal.NOT_ARMED);
        }
        if (modes.airborne()) {
            return Optional.of(CommandRefusal.AIRBORNE);
        }
        modes.disarm(nowNanos, "COMMANDED");
        return Optional.empty();
    }

    @Override
    public Optional<CommandRefusal> takeOff(double heightAboveHomeMeters) {
        if (!armed()) {
            return Optional.of(CommandRefusal.NOT_ARMED);
        }
        if (mode() != FlightMode.ARMED_IDLE) {
            return Optional.of(CommandRefusal.AIRBORNE);
        }
        if (!(heightAboveHomeMeters >= LEAST_HEIGHT_METERS && heightAboveHomeMeters <= MOST_HEIGHT_METERS)) {
            return Optional.of(CommandRefusal.OUT_OF_RANGE);
        }
        modes.takeOff(nowNanos, heightAboveHomeMeters);
        return Optional.empty();
    }

    @Override
    public Optional<CommandRefusal> hold() {
        Optional<CommandRefusal> refusal = refusalToFly();
        if (refusal.isEmpty()) {
            modes.hold(nowNanos);
        }
        return refusal;
    }

    @Override
    public Optional<CommandRefusal> flyMission(List<Waypoint> waypoints, double speedMetersPerSecond) {
        Optional<CommandRefusal> refusal = refusalToFly();
        if (refusal.isPresent()) {
            return refusal;
        }
        boolean reachable = !waypoints.isEmpty()
                && waypoints.size() <= MOST_WAYPOINTS
                && speedMetersPerSecond >= LEAST_SPEED
                && speedMetersPerSecond <= MOST_SPEED
                && waypoints.stream().allMatch(BuiltInController::reachable);
        if (!reachable) {
            return Optional.of(CommandRefusal.OUT_OF_RANGE);
        }
        modes.flyMission(nowNanos, new MissionRoute(waypoints, speedMetersPerSecond));
        return Optional.empty();
    }

    private static boolean reachable(Waypoint waypoint) {
        return -waypoint.downMeters() >= LEAST_HEIGHT_METERS
                && -waypoint.downMeters() <= MOST_HEIGHT_METERS
                && Math.abs(waypoint.northMeters()) <= FARTHEST_METERS
                && Math.abs(waypoint.eastMeters()) <= FARTHEST_METERS;
    }

    @Override
    public Optional<CommandRefusal> returnToLaunch() {
        Optional<CommandRefusal> refusal = refusalToFly();
        if (refusal.isEmpty()) {
            modes.returnToLaunch(nowNanos);
        }
        return refusal;
    }

    @Override
    public Optional<CommandRefusal> land() {
        Optional<CommandRefusal> refusal = refusalOnGround();
        if (refusal.isEmpty()) {
            modes.land(nowNanos);
        }
        return refusal;
    }

    private Optional<CommandRefusal> refusalOnGround() {
        if (!armed()) {
            return Optional.of(CommandRefusal.NOT_ARMED);
        }
        return modes.airborne() ? Optional.empty() : Optional.of(CommandRefusal.NOT_AIRBORNE);
    }

    /** Hold, mission and return are for an airframe that can still choose. */
    private Optional<CommandRefusal> refusalToFly() {
        boolean down = failsafes.has(Failsafe.BATTERY_CRITICAL) || loops.spinning();
        return down ? Optional.of(CommandRefusal.FAILSAFE_LANDING) : refusalOnGround();
    }

    @Override
    public Optional<ControllerEvent> pollEvent() {
        return events.poll();
    }
}
