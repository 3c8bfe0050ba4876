package io.kryla.hil.control;

import io.kryla.hil.geometry.Attitude;
import org.jspecify.annotations.Nullable;

/**
 * Position, velocity, attitude and rate loops in a row, and the mixer: from what is believed and wished to rotor commands.
 *
 * <p>Two ways to fly: {@link #follow} a setpoint, or push a given thrust with the airframe {@link #level} (on the way off
 * and onto the ground). Rates run at each call; position every {@link #POSITION_PERIOD_NANOS}. Allocation-free. Confined to
 * one thread.
 */
public final class CascadedLoops {
    public static final long POSITION_PERIOD_NANOS = 10_000_000;

    private static final double GRAVITY = 9.80665;
    private static final double LEAST_COLLECTIVE_RATIO = 0.15;
    /** Leaves the mixer room to steer. */
    private static final double MOST_COLLECTIVE_RATIO = 0.90;
    /** Below this share of the weight the feet carry it: integrating against the ground would store a lie. */
    private static final double INTEGRATE_ABOVE_WEIGHT_RATIO = 0.6;

    private final AirframeParameters airframe;
    private final double mass;
    private final double mostCollective;
    private final PositionLoop positionLoop = new PositionLoop();
    private final AttitudeLoop attitudeLoop = new AttitudeLoop();
    private final RateLoop rateLoop;
    private final RotorLossDetector lossDetector;
    private RotorMixer mixer;
    private @Nullable SpinningLoop spinning;
    private int lostRotor = RotorLossDetector.NONE;
    private final PositionLoop.Motion motion = new PositionLoop.Motion();
    private double headingCosine = 1;
    private double headingSine;
    private double forceNorth;
    private double forceEast;
    private double forceDown;
    private double collectiveNewtons;

    public CascadedLoops(AirframeParameters airframe) {
        this.airframe = airframe;
        mass = airframe.massKilograms();
        mostCollective = airframe.rotors().size() * airframe.maximumRotorThrustNewtons();
        rateLoop = new RateLoop(airframe);
        lossDetector = new RotorLossDetector(airframe);
        mixer = new RotorMixer(airframe);
    }

    /** Forgets all integrals, takes the present heading as the one to keep, and asks for little thrust until told more. */
    public void start(double headingRadians) {
        positionLoop.reset();
        rateLoop.resetIntegrals();
        headingCosine = StrictMath.cos(headingRadians);
        headingSine = StrictMath.sin(headingRadians);
        level(LEAST_COLLECTIVE_RATIO);
    }

    /** What is believed now; call before {@link #follow} or {@link #level}. */
    public void observePosition(double north, double east, double down) {
        motion.positionNorth = north;
        motion.positionEast = east;
        motion.positionDown = down;
    }

    public void observeVelocity(double north, double east, double down) {
        motion.velocityNorth = north;
        motion.velocityEast = east;
        motion.velocityDown = down;
    }

    public void observeAttitude(double w, double x, double y, double z) {
        motion.attitude.set(w, x, y, z);
    }

    public void observeBodyRate(double x, double y, double z) {
        motion.rateX = x;
        motion.rateY = y;
        motion.rateZ = z;
    }

    /** Updates the wished force from the setpoint; every {@link #POSITION_PERIOD_NANOS}. */
    public void follow(Setpoint setpoint) {
        positionLoop.update(motion, setpoint, POSITION_PERIOD_NANOS * 1e-9, !saturated());
        forceNorth = mass * positionLoop.accelerationNorth;
        forceEast = mass * positionLoop.accelerationEast;
        forceDown = mass * (positionLoop.accelerationDown - GRAVITY);
    }

    /** Updates the wished force: straight up, as a share of the weight; every {@link #POSITION_PERIOD_NANOS}. */
    public void level(double shareOfWeight) {
        forceNorth = 0;
        forceEast = 0;
        forceDown = -mass * GRAVITY * shareOfWeight;
        if (shareOfWeight < INTEGRATE_ABOVE_WEIGHT_RATIO) {
            rateLoop.resetIntegrals();
        }
    }

    /**
     * Looks for a rotor that no longer pushes; every tick in the air, with the commands of the tick before.
     *
     * @return whether one is lost, now or since earlier
     */
    public boolean watchRotors(double[] rotorCommands, double dt) {
        if (lostRotor == RotorLossDetector.NONE) {
            int lost = lossDetector.observe(motion, rotorCommands, dt);
            if (lost != RotorLossDetector.NONE) {
                lose(lost);
            }
        }
        return lostRotor != RotorLossDetector.NONE;
    }

    private void lose(int rotor) {
        lostRotor = rotor;
        if (airframe.rotors().size() == 4) {
            spinning = new SpinningLoop(airframe, rotor);
        } else {
            mixer = new RotorMixer(airframe, rotor);
        }
    }

    /** Counted from 1 as plans and people do; 0 while all push. */
    public int lostRotorNumber() {
        return lostRotor + 1;
    }

    /** Whether it has lost a rotor that it cannot fly straight without: it spins, and can only come down. */
    public boolean spinning() {
        return spinning != null;
    }

    private boolean saturated() {
        return spinning == null ? mixer.saturated() : spinning.saturated();
    }

    /** Runs attitude, rates and mixer; every tick. */
    public void steer(double dt, double[] rotorCommandsOut) {
        SpinningLoop spin = spinning;
        if (spin != null) {
            collectiveNewtons = -forceDown;
            spin.steer(motion, forceNorth, forceEast, forceDown, dt, rotorCommandsOut);
            return;
        }
        if (lostRotor != RotorLossDetector.NONE) {
            keepNoHeading();
        }
        attitudeLoop.wish(forceNorth, forceEast, forceDown, headingCosine, headingSine);
        attitudeLoop.update(motion.attitude);
        // Thrust acts along body up, so only the part of the wished force that lies there can be had now.
        Attitude a = motion.attitude;
        double downX = 2 * (a.x * a.z + a.w * a.y);
        double downY = 2 * (a.y * a.z - a.w * a.x);
        double along = -(forceNorth * downX + forceEast * downY + forceDown * a.cosineOfTilt());
        collectiveNewtons = Math.max(
                LEAST_COLLECTIVE_RATIO * mass * GRAVITY, Math.min(MOST_COLLECTIVE_RATIO * mostCollective, along));
        boolean integrate = !mixer.saturated() && -forceDown > INTEGRATE_ABOVE_WEIGHT_RATIO * mass * GRAVITY;
        rateLoop.update(motion, attitudeLoop, dt, integrate);
        mixer.mix(collectiveNewtons, rateLoop.momentX, rateLoop.momentY, rateLoop.momentZ, rotorCommandsOut);
    }

    /** With too few rotors the heading goes where it will: to ask for it back would only cost tilt. */
    private void keepNoHeading() {
        Attitude a = motion.attitude;
        double north = 1 - 2 * (a.y * a.y + a.z * a.z);
        double east = 2 * (a.x * a.y + a.w * a.z);
        double norm = Math.sqrt(north * north + east * east);
        if (norm > 0.1) {
            headingCosine = north / norm;
            headingSine = east / norm;
        }
    }

    /** Collective thrust of the last tick as a share of the nominal weight. */
    public double shareOfWeight() {
        return collectiveNewtons / (mass * GRAVITY);
    }
}
