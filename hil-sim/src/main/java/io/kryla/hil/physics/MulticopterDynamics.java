package io.kryla.hil.physics;

import io.kryla.hil.chance.RandomStreams;
import io.kryla.hil.geometry.Attitude;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A rigid multicopter in the air and on the ground, integrated by the classical Runge-Kutta method at a fixed step.
 *
 * <p>The same calls give the same bits on every JVM. {@link #step} allocates nothing. Confined to one thread.
 */
public final class MulticopterDynamics {
    public static final long STEP_NANOS = 1_000_000;

    private final double originAltitudeMslMeters;
    private final double maximumRotorSpeed;
    private final int rotorCount;
    private final RotorForces rotors;
    private final GroundContact ground;
    private final BatteryState battery;
    private final EquationsOfMotion motion;
    private final TrueState view;
    private final long stepNanos;
    private final double dt;

    private Damage damage = Damage.none();
    private final int[] commandOf;
    private Wind meanWind = Wind.calm();
    private Wind squall = Wind.calm();
    private @Nullable DrydenTurbulence turbulence;
    private final double[] state;
    private final double[] targetSpeeds;
    private final double[] stage;
    /** Derivative at the present state; it is the next step's first stage and what the accelerometer sees. */
    private final double[] k1;

    private final double[] k2;
    private final double[] k3;
    private final double[] k4;

    public MulticopterDynamics(Vehicle vehicle, Site site, InitialState initialState) {
        this(vehicle, site, initialState, STEP_NANOS);
    }

    /** With another step, for tests of convergence. */
    MulticopterDynamics(Vehicle vehicle, Site site, InitialState initialState, long stepNanos) {
        this.stepNanos = stepNanos;
        dt = stepNanos * 1e-9;
        originAltitudeMslMeters = site.origin().altitudeMslMeters();
        maximumRotorSpeed = vehicle.propulsion().maximumSpeedRadiansPerSecond();
        rotorCount = vehicle.rotors().size();
        rotors = new RotorForces(vehicle);
        ground = new GroundContact(vehicle.landingGear());
        battery = new BatteryState(vehicle, dt);
        motion = new EquationsOfMotion(vehicle, rotors, ground);
        int length = StateVector.length(rotorCount);
        state = new double[length];
        targetSpeeds = new double[rotorCount];
        commandOf = new int[rotorCount];
        Arrays.setAll(commandOf, i -> i);
        stage = new double[length];
        k1 = new double[length];
        k2 = new double[length];
        k3 = new double[length];
        k4 = new double[length];
        view = new TrueState(state, k1, rotorCount, motion, ground, battery);
        place(initialState);
        evaluateHere();
        ground.settle(state, motion.rotation());
    }

    private void place(InitialState s) {
        state[StateVector.POSITION] = s.northMeters();
        state[StateVector.POSITION + 1] = s.eastMeters();
        state[StateVector.POSITION + 2] = s.downMeters();
        state[StateVector.VELOCITY] = s.velocityNorthMetersPerSecond();
        state[StateVector.VELOCITY + 1] = s.velocityEastMetersPerSecond();
        state[StateVector.VELOCITY + 2] = s.velocityDownMetersPerSecond();
        Attitude attitude = new Attitude();
        attitude.setEuler(s.rollRadians(), s.pitchRadians(), s.yawRadians());
        state[StateVector.ATTITUDE] = attitude.w;
        state[StateVector.ATTITUDE + 1] = attitude.x;
        state[StateVector.ATTITUDE + 2] = attitude.y;
        state[StateVector.ATTITUDE + 3] = attitude.z;
        state[StateVector.BODY_RATE] = s.bodyRateFrdXRadiansPerSecond();
        state[StateVector.BODY_RATE + 1] = s.bodyRateFrdYRadiansPerSecond();
        state[StateVector.BODY_RATE + 2] = s.bodyRateFrdZRadiansPerSecond();
    }

    /** Sets what each rotor is told, 0 to 1 of its maximum speed, from the next step on; values outside are clamped. */
    public void setRotorCommands(double[] commands) {
        if (commands.length != rotorCount) {
            throw new IllegalArgumentException(
                    "commands must have " + rotorCount + " entries, found " + commands.length);
        }
        double ceiling = battery.speedCeilingRatio();
        for (int i = 0; i < rotorCount; i++) {
            // NaN compares false and becomes 0: a controller that has lost its numbers stops its rotors.
            double told = commands[commandOf[i]];
            double command = told > 0 ? Math.min(told, ceiling) : 0;
            targetSpeeds[i] = command * maximumRotorSpeed;
        }
    }

    /** Scales one rotor's thrust from now on: 1 healthy, 0.6 a weak motor, 0 a lost blade. Its drag torque stays. */
    public void setRotorThrustScale(int rotor, double scale) {
        if (rotor < 0 || rotor >= rotorCount) {
            throw new IllegalArgumentException("rotor must lie in [0, " + (rotorCount - 1) + "], found " + rotor);
        }
        RotorDamage now = damage.rotor(rotor);
        setDamage(damage.withRotor(
                rotor, new RotorDamage(scale, now.lagFactor(), now.drive(), now.armDragAreaSquareMeters())));
    }

    /** Breaks the airframe so from now on; what it names no longer is sound again. */
    public void setDamage(Damage damage) {
        moveCenterOfMass(this.damage.centerOfMassShift(), damage.centerOfMassShift());
        this.damage = damage;
        for (int i = 0; i < rotorCount; i++) {
            commandOf[i] = Math.min(rotorCount - 1, damage.commandOf(i));
        }
        view.centerOfMassShift = damage.centerOfMassShift();
        rotors.set(damage);
        ground.placeAbout(damage.centerOfMassShift());
        motion.set(damage);
        battery.set(damage.battery());
        evaluateHere();
    }

    /** The structure stays where it is: what moves is the point whose position is integrated. */
    private void moveCenterOfMass(Damage.BodyVector from, Damage.BodyVector to) {
        double x = to.x() - from.x();
        double y = to.y() - from.y();
        double z = to.z() - from.z();
        double[] r = motion.rotation();
        for (int row = 0; row < 3; row++) {
            state[StateVector.POSITION + row] += r[3 * row] * x + r[3 * row + 1] * y + r[3 * row + 2] * z;
        }
    }

    /** A wind on top of weather, from now on. */
    public void setSquall(Wind squall) {
        this.squall = squall;
        blow();
        evaluateHere();
    }

    /** A steady wind, and no gusts. */
    public void setWind(Wind wind) {
        turbulence = null;
        meanWind = wind;
        blow();
        evaluateHere();
    }

    /** A wind with gusts; the same seed gives the same gusts at the same heights. */
    public void setWeather(Weather weather, RandomStreams chance) {
        setWind(weather.meanWind());
        battery.setChance(chance);
        if (weather.turbulenceMetersPerSecond() > 0) {
            turbulence = new DrydenTurbulence(weather.turbulenceMetersPerSecond(), chance);
        }
    }

    private void blow() {
        motion.windNorth = meanWind.northMetersPerSecond() + squall.northMetersPerSecond();
        motion.windEast = meanWind.eastMetersPerSecond() + squall.eastMetersPerSecond();
        motion.windDown = meanWind.downMetersPerSecond() + squall.downMetersPerSecond();
        if (turbulence != null) {
            motion.windNorth += turbulence.northMetersPerSecond();
            motion.windEast += turbulence.eastMetersPerSecond();
            motion.windDown += turbulence.downMetersPerSecond();
        }
    }

    /** Advances the world by {@link #STEP_NANOS}. */
    public void step() {
        // Commands may have changed since the end of the last step, and with them the torque that spins the rotors up.
        double change = rotors.writeAccelerations(state, targetSpeeds, k1);
        motion.addTorqueAboutDown(rotors.spinUpTorque(change), k1);
        evaluateStage(k1, dt / 2, k2);
        evaluateStage(k2, dt / 2, k3);
        evaluateStage(k3, dt, k4);
        for (int i = 0; i < state.length; i++) {
            state[i] += dt / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
        }
        normalizeAttitude();
        view.flightTimeNanos += stepNanos;
        battery.step(state, rotorCount);
        if (turbulence != null && view.flightTimeNanos % DrydenTurbulence.PERIOD_NANOS == 0) {
            turbulence.advance(
                    -state[StateVector.POSITION + 2], meanWind.northMetersPerSecond(), meanWind.eastMetersPerSecond());
            blow();
        }
        evaluateHere();
        ground.settle(state, motion.rotation());
    }

    private void evaluateStage(double[] slope, double seconds, double[] out) {
        for (int i = 0; i < state.length; i++) {
            stage[i] = state[i] + seconds * slope[i];
        }
        rotors.writeAccelerations(stage, targetSpeeds, out);
        motion.evaluate(stage, out);
    }

    private void evaluateHere() {
        motion.densityRatio =
                StandardAtmosphere.densityRatio(originAltitudeMslMeters - state[StateVector.POSITION + 2]);
        rotors.writeAccelerations(state, targetSpeeds, k1);
        motion.evaluate(state, k1);
    }

    private void normalizeAttitude() {
        double w = state[StateVector.ATTITUDE];
        double x = state[StateVector.ATTITUDE + 1];
        double y = state[StateVector.ATTITUDE + 2];
        double z = state[StateVector.ATTITUDE + 3];
        double scale = 1 / Math.sqrt(w * w + x * x + y * y + z * z);
        state[StateVector.ATTITUDE] = w * scale;
        state[StateVector.ATTITUDE + 1] = x * scale;
        state[StateVector.ATTITUDE + 2] = y * scale;
        state[StateVector.ATTITUDE + 3] = z * scale;
    }

    /** A live, read-only view; always the same object. */
    public TrueStateView state() {
        return view;
    }
}
