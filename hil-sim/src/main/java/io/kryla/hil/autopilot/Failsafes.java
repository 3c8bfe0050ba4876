package io.kryla.hil.autopilot;

import io.kryla.hil.control.CascadedLoops;
import io.kryla.hil.estimation.EstimateView;
import io.kryla.hil.readings.SensorReadings;
import java.util.EnumSet;
import java.util.Set;

/**
 * Watches what can go wrong in the air and orders what the situation asks for: home while it can, down where it must.
 *
 * <p>Each acts once a flight; what makes it land is never undone by what makes it return, and a cause that goes away does not
 * make it fly on by itself.
 */
final class Failsafes {
    /** Nothing from the ground for so long. */
    static final long LINK_PATIENCE_NANOS = 5_000_000_000L;

    /** How long position may be dead-reckoned before it is better to be on the ground. */
    static final long GNSS_PATIENCE_NANOS = 15_000_000_000L;

    private static final double LOW_CHARGE_RATIO = 0.25;
    private static final double CRITICAL_CHARGE_RATIO = 0.12;
    /** Under load, averaged over some seconds. */
    private static final double LOW_CELL_VOLTS = 3.50;

    private static final double CRITICAL_CELL_VOLTS = 3.30;
    private static final double VOLTAGE_SMOOTHING_SECONDS = 3;
    private static final double BATTERY_PERIOD_SECONDS = 0.1;
    private static final double LOST_COSINE_OF_TILT = 0.34; // 70°
    private static final double LOST_ATTITUDE_SECONDS = 0.5;
    private static final double BRAKING = 2.0;
    /** Nearer to the ground it may be the ground that pushes. */
    private static final double ROTORS_WATCHED_ABOVE_METERS = 1.0;

    private final EstimateView estimate;
    private final CascadedLoops loops;
    private final FlightModes modes;
    private final EventQueue events;
    private final Geofence fence;
    private final int cells;
    private final Set<Failsafe> acted = EnumSet.noneOf(Failsafe.class);
    private boolean gnssUsed;
    private long gnssLostNanos;
    private long linkHeardNanos = -1;
    private double chargeRatio = 1;
    private double cellVolts;
    private double lostAttitudeSeconds;

    Failsafes(
            EstimateView estimate,
            CascadedLoops loops,
            FlightModes modes,
            EventQueue events,
            Geofence fence,
            int batteryCells) {
        this.estimate = estimate;
        this.loops = loops;
        this.modes = modes;
        this.events = events;
        this.fence = fence;
        cells = batteryCells;
    }

    /** A new flight begins: what acted in the last one may act again. */
    void rearm() {
        acted.clear();
        lostAttitudeSeconds = 0;
    }

    void heardGround(long nowNanos) {
        linkHeardNanos = nowNanos;
    }

    /** True when a ground was there and is gone; a controller that never heard one has none to lose. */
    boolean linkLost(long nowNanos) {
        return linkHeardNanos >= 0 && nowNanos - linkHeardNanos > LINK_PATIENCE_NANOS;
    }

    boolean has(Failsafe failsafe) {
        return acted.contains(failsafe);
    }

    boolean batteryLow() {
        return chargeRatio < LOW_CHARGE_RATIO || cellVolts < LOW_CELL_VOLTS;
    }

    /** Each tick, armed or not. */
    void observe(SensorReadings readings, long nowNanos) {
        if (readings.batteryFresh) {
            chargeRatio = readings.batteryRemainingRatio;
            double volts = readings.batteryVoltageVolts / cells;
            cellVolts = cellVolts == 0
                    ? volts
                    : cellVolts + BATTERY_PERIOD_SECONDS / VOLTAGE_SMOOTHING_SECONDS * (volts - cellVolts);
        }
        boolean used = estimate.gnssUsed();
        if (used != gnssUsed) {
            gnssUsed = used;
            gnssLostNanos = nowNanos;
            events.add(nowNanos, used ? ControllerEvent.Kind.GNSS_REGAINED : ControllerEvent.Kind.GNSS_LOST, "");
        }
    }

    /** Each tick while armed, with the rotor commands of the tick before. */
    void act(double[] rotorCommands, double dt, long nowNanos) {
        watchAttitude(dt, nowNanos);
        if (!modes.airborne()) {
            return;
        }
        watchRotors(rotorCommands, dt, nowNanos);
        if (chargeRatio < CRITICAL_CHARGE_RATIO || cellVolts < CRITICAL_CELL_VOLTS) {
            land(Failsafe.BATTERY_CRITICAL, nowNanos);
        } else if (batteryLow()) {
            goHome(Failsafe.BATTERY_LOW, nowNanos);
        }
        if (!gnssUsed && nowNanos - gnssLostNanos > GNSS_PATIENCE_NANOS) {
            land(Failsafe.GNSS_LOST, nowNanos);
        }
        if (linkLost(nowNanos)) {
            goHome(Failsafe.LINK_LOST, nowNanos);
        }
        if (modes.mode() != FlightMode.RETURN && outside()) {
            goHome(Failsafe.GEOFENCE_BREACHED, nowNanos);
        }
    }

    private void watchAttitude(double dt, long nowNanos) {
        double x = estimate.attitudeX();
        double y = estimate.attitudeY();
        boolean lost = 1 - 2 * (x * x + y * y) < LOST_COSINE_OF_TILT;
        // Upright moments count half: one that tumbles passes through them.
        lostAttitudeSeconds = lost ? lostAttitudeSeconds + dt : Math.max(0, lostAttitudeSeconds - dt / 2);
        if (lostAttitudeSeconds > LOST_ATTITUDE_SECONDS) {
            lostAttitudeSeconds = 0;
            report(Failsafe.ATTITUDE_LOST, nowNanos);
            modes.disarm(nowNanos, Failsafe.ATTITUDE_LOST.name());
        }
    }

    private void watchRotors(double[] rotorCommands, double dt, long nowNanos) {
        boolean nearGround = -estimate.positionDownMeters() < ROTORS_WATCHED_ABOVE_METERS;
        if (nearGround || has(Failsafe.ROTOR_LOST) || !loops.watchRotors(rotorCommands, dt)) {
            return;
        }
        if (loops.spinning()) {
            land(Failsafe.ROTOR_LOST, nowNanos);
        } else {
            goHome(Failsafe.ROTOR_LOST, nowNanos);
        }
    }

    /** Where it could stop: beyond that line it is too late to turn. */
    private boolean outside() {
        double north = estimate.positionNorthMeters();
        double east = estimate.positionEastMeters();
        double distance = Math.sqrt(north * north + east * east);
        double outward = distance > 0
                ? Math.max(
                        0,
                        (north * estimate.velocityNorthMetersPerSecond()
                                        + east * estimate.velocityEastMetersPerSecond())
                                / distance)
                : 0;
        double climb = Math.max(0, -estimate.velocityDownMetersPerSecond());
        return distance + outward * outward / (2 * BRAKING) > fence.radiusMeters()
                || -estimate.positionDownMeters() + climb * climb / (2 * BRAKING) > fence.heightMeters();
    }

    private void goHome(Failsafe cause, long nowNanos) {
        if (acted.contains(cause)) {
            return;
        }
        report(cause, nowNanos);
        if (modes.mode() != FlightMode.RETURN && modes.mode() != FlightMode.LAND) {
            modes.returnToLaunch(nowNanos);
        }
    }

    private void land(Failsafe cause, long nowNanos) {
        if (acted.contains(cause)) {
            return;
        }
        report(cause, nowNanos);
        modes.land(nowNanos);
    }

    private void report(Failsafe failsafe, long nowNanos) {
        acted.add(failsafe);
        int rotor = failsafe == Failsafe.ROTOR_LOST ? loops.lostRotorNumber() : 0;
        events.add(nowNanos, ControllerEvent.Kind.FAILSAFE, failsafe.name() + (rotor > 0 ? " " + rotor : ""));
    }
}
