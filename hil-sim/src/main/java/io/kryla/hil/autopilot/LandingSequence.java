package io.kryla.hil.autopilot;

import io.kryla.hil.control.CascadedLoops;
import io.kryla.hil.control.Setpoint;
import io.kryla.hil.estimation.EstimateView;

/**
 * Down to the ground, whose height is not known: descend at a given speed, notice that descending has stopped, let the
 * thrust go while watching that it does not fall, and call it landed.
 */
final class LandingSequence {
    private static final double FAST_DESCENT = 1.2;
    private static final double FINAL_DESCENT = 0.5;
    private static final double FINAL_HEIGHT_METERS = 3.0;
    private static final double DESCENT_CHANGE = 0.8;
    /** Smoothed descent under which it counts as stopped; smoothed, since it may rock from foot to foot in a wind. */
    private static final double STOPPED_SPEED = 0.25;

    private static final double SMOOTHING_SECONDS = 0.25;
    private static final double STOPPED_SECONDS = 0.1;
    /** Spinning there is no unloading that would notice a mistake: it is surer before it stops its rotors. */
    private static final double STOPPED_SECONDS_SPINNING = 0.6;

    private static final double UNLOAD_PER_SECOND = 1.8;
    /** Settling from a tilt onto all feet sinks less; dropping further means there was no ground. */
    private static final double FALLEN_METERS = 0.25;

    private static final double LANDED_SHARE_OF_WEIGHT = 0.25;
    /** In the air, a quarter of the weight would drop it 0.9 m in this time. */
    private static final double UNLOADED_SECONDS = 0.5;

    private static final double IDLE_SECONDS = 0.5;

    enum Phase {
        DESCENDING,
        /** The ground seems to carry it: thrust goes, level. */
        UNLOADING,
        LANDED,
        DONE
    }

    private Phase phase = Phase.DESCENDING;
    private double descent;
    private double smoothDescent;
    private double stoppedSeconds;
    private double share;
    private double unloadedSeconds;
    private double restingDown;
    private double idleSeconds;

    void begin(double descentNow) {
        phase = Phase.DESCENDING;
        descent = Math.max(0, Math.min(FAST_DESCENT, descentNow));
        smoothDescent = descentNow;
        stoppedSeconds = 0;
        idleSeconds = 0;
    }

    /** One tick of the position rate. The setpoint's horizontal part is already written. */
    Phase advance(EstimateView estimate, CascadedLoops loops, Setpoint setpoint, double dt) {
        switch (phase) {
            case DESCENDING -> descend(estimate, loops, setpoint, dt);
            case UNLOADING -> unload(estimate, loops, dt);
            case LANDED -> {
                idleSeconds += dt;
                if (idleSeconds >= IDLE_SECONDS) {
                    phase = Phase.DONE;
                }
            }
            case DONE -> {}
        }
        return phase;
    }

    private void descend(EstimateView estimate, CascadedLoops loops, Setpoint setpoint, double dt) {
        double target = -estimate.positionDownMeters() > FINAL_HEIGHT_METERS ? FAST_DESCENT : FINAL_DESCENT;
        double change = DESCENT_CHANGE * dt;
        descent += Math.max(-change, Math.min(change, target - descent));
        setpoint.heightHeld = false;
        setpoint.velocityDownMetersPerSecond = descent;
        setpoint.accelerationDownMetersPerSecondSquared = 0;
        loops.follow(setpoint);
        smoothDescent += dt / (dt + SMOOTHING_SECONDS) * (estimate.velocityDownMetersPerSecond() - smoothDescent);
        boolean stopped = descent >= FINAL_DESCENT - 0.01 && smoothDescent < STOPPED_SPEED;
        stoppedSeconds = stopped ? stoppedSeconds + dt : 0;
        if (stoppedSeconds >= (loops.spinning() ? STOPPED_SECONDS_SPINNING : STOPPED_SECONDS)) {
            phase = Phase.UNLOADING;
            share = Math.min(1, loops.shareOfWeight());
            unloadedSeconds = 0;
            restingDown = estimate.positionDownMeters();
        }
    }

    private void unload(EstimateView estimate, CascadedLoops loops, double dt) {
        if (estimate.positionDownMeters() - restingDown > FALLEN_METERS) {
            begin(estimate.velocityDownMetersPerSecond());
            return;
        }
        share -= UNLOAD_PER_SECOND * dt;
        loops.level(Math.max(share, LANDED_SHARE_OF_WEIGHT));
        if (share <= LANDED_SHARE_OF_WEIGHT) {
            unloadedSeconds += dt;
        }
        if (unloadedSeconds >= UNLOADED_SECONDS) {
            phase = Phase.LANDED;
        }
    }
}
