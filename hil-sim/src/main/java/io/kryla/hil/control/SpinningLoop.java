package io.kryla.hil.control;

import io.kryla.hil.geometry.Attitude;
import java.util.Arrays;
import java.util.List;

/**
 * Flies a quadrotor that has lost a rotor: it gives up its heading, spins, and keeps the direction of its mean thrust (M. W.
 * Mueller and R. D'Andrea, "Stability and control of a quadrocopter despite the complete loss of one, two, or three
 * propellers", ICRA 2014).
 *
 * <p>What is controlled is one axis fixed in the body, about which it spins. The rotor opposite of the lost one pushes a
 * little; so that its moment is balanced by the gyroscopic one, the axis leans in the body, by the spin that there is now. So
 * before it spins the opposite rotor idles and thrust is short; within two seconds the spin has grown and carries it.
 * Allocation-free. Confined to one thread.
 */
final class SpinningLoop {
    /** Of the weight that the opposite rotor shall carry once it spins. */
    private static final double OPPOSITE_SHARE_OF_WEIGHT = 0.28;

    private static final double MOST_LEAN_SINE = 0.4;
    private static final double AXIS_GAIN = 4.5;
    private static final double RATE_GAIN = 16;
    private static final double TILT_RATE_LIMIT = 6;
    /** The wished direction of thrust stays so near to straight up. */
    private static final double MOST_TILT_SINE = 0.2;

    /** Rotors follow their commands with about this lag: what turns in the body is commanded so much ahead. */
    private static final double ROTOR_LAG_SECONDS = 0.019;

    /** A battery under load and thin air leave so much of the thrust that the design states. */
    private static final double USABLE_THRUST_RATIO = 0.95;

    private static final double FILTER_SECONDS = 0.002;

    private final AirframeParameters airframe;
    private final double mostThrust;
    /** Remaining rotors: two neighbours of the lost one, and the opposite one last. */
    private final int[] remaining = new int[3];

    /** Thrust of a remaining rotor by unit of collective, roll and pitch moment. */
    private final double[][] share = new double[3][3];

    private final double[] thrust = new double[3];
    private double oppositeX;
    private double oppositeY;
    private double rateX;
    private double rateY;
    private double rateZ;
    private boolean saturated;

    SpinningLoop(AirframeParameters airframe, int lostRotor) {
        this.airframe = airframe;
        mostThrust = USABLE_THRUST_RATIO * airframe.maximumRotorThrustNewtons();
        List<AirframeParameters.RotorPlace> places = airframe.rotors();
        int opposite = opposite(places, lostRotor);
        int n = 0;
        for (int i = 0; i < places.size(); i++) {
            if (i != lostRotor && i != opposite) {
                remaining[n++] = i;
            }
        }
        remaining[2] = opposite;
        oppositeX = places.get(opposite).xFrdMeters();
        oppositeY = places.get(opposite).yFrdMeters();
        invert(places);
    }

    private static int opposite(List<AirframeParameters.RotorPlace> places, int lost) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < places.size(); i++) {
            double along = places.get(i).xFrdMeters() * places.get(lost).xFrdMeters()
                    + places.get(i).yFrdMeters() * places.get(lost).yFrdMeters();
            if (i != lost && along < least) {
                least = along;
                best = i;
            }
        }
        return best;
    }

    /** Cramer's rule on thrust, roll and pitch of the three. */
    private void invert(List<AirframeParameters.RotorPlace> places) {
        double[] roll = new double[3];
        double[] pitch = new double[3];
        for (int i = 0; i < 3; i++) {
            roll[i] = -places.get(remaining[i]).yFrdMeters();
            pitch[i] = places.get(remaining[i]).xFrdMeters();
        }
        for (int i = 0; i < 3; i++) {
            int a = (i + 1) % 3;
            int b = (i + 2) % 3;
            double determinant = roll[a] * pitch[b]
                    - roll[b] * pitch[a]
                    + roll[b] * pitch[i]
                    - roll[i] * pitch[b]
                    + roll[i] * pitch[a]
                    - roll[a] * pitch[i];
            share[i][0] = (roll[a] * pitch[b] - roll[b] * pitch[a]) / determinant;
            share[i][1] = (pitch[a] - pitch[b]) / determinant;
            share[i][2] = (roll[b] - roll[a]) / determinant;
        }
    }

    /** One tick towards a wished force in NED. */
    void steer(
            PositionLoop.Motion now,
            double forceNorth,
            double forceEast,
            double forceDown,
            double dt,
            double[] rotorCommandsOut) {
        double blend = dt / (dt + FILTER_SECONDS);
        rateX += blend * (now.rateX - rateX);
        rateY += blend * (now.rateY - rateY);
        rateZ += blend * (now.rateZ - rateZ);
        double up = Math.max(1e-3, -forceDown);
        double sideways = Math.sqrt(forceNorth * forceNorth + forceEast * forceEast);
        double kept = Math.min(1, MOST_TILT_SINE * up / Math.max(1e-9, sideways));
        double north = kept * forceNorth;
        double east = kept * forceEast;
        double norm = Math.sqrt(north * north + east * east + up * up);

        // The wished direction of thrust in body axes.
        Attitude a = now.attitude;
        double h1 = inBody(0, a, north / norm, east / norm, -up / norm);
        double h2 = inBody(1, a, north / norm, east / norm, -up / norm);
        double h3 = Math.min(-0.2, inBody(2, a, north / norm, east / norm, -up / norm));

        double inertiaX = airframe.inertiaXxKilogramSquareMeters();
        double inertiaY = airframe.inertiaYyKilogramSquareMeters();
        double inertiaZ = airframe.inertiaZzKilogramSquareMeters();
        // Body and rotors together: moment of a lean by a unit.
        double rotorMomentum = rotorMomentum(rotorCommandsOut);
        double stiffnessX = ((inertiaZ - inertiaX) * rateZ + rotorMomentum) * rateZ;
        double stiffnessY = ((inertiaZ - inertiaY) * rateZ + rotorMomentum) * rateZ;
        double arm = Math.sqrt(oppositeX * oppositeX + oppositeY * oppositeY);
        double wanted = OPPOSITE_SHARE_OF_WEIGHT * up;
        double possible = Math.min(stiffnessX, stiffnessY) * MOST_LEAN_SINE / arm;
        double opposite = Math.max(0, Math.min(wanted, possible));
        // M = ω × (I·ω + h) for a spin about the leaning axis n gives the lean.
        double n1 = opposite > 0 ? oppositeX * opposite / stiffnessX : 0;
        double n2 = opposite > 0 ? oppositeY * opposite / stiffnessY : 0;

        // An error that stands still in the world turns backwards in the body: it shall die away there, not stop
        // turning.
        // So ḣ = −ω × h shall be −(gain + r×)·(h − n).
        double wishX = clamped((rateZ * n1 + AXIS_GAIN * (n2 - h2)) / h3);
        double wishY = clamped((rateZ * n2 - AXIS_GAIN * (n1 - h1)) / h3);
        // The wish turns with the body: how fast follows from the same kinematics.
        double h1Rate = rateZ * h2 - rateY * h3;
        double h2Rate = rateX * h3 - rateZ * h1;
        double wishXRate = -AXIS_GAIN * h2Rate / h3;
        double wishYRate = AXIS_GAIN * h1Rate / h3;
        double momentX = inertiaX * (wishXRate + RATE_GAIN * (wishX - rateX))
                + ((inertiaZ - inertiaY) * rateZ + rotorMomentum) * rateY;
        double momentY = inertiaY * (wishYRate + RATE_GAIN * (wishY - rateY))
                - ((inertiaZ - inertiaX) * rateZ + rotorMomentum) * rateX;

        // What stands still in the body passes the lag unharmed; the rest turns backwards in it with the spin.
        double turningX = momentX + oppositeY * opposite;
        double turningY = momentY - oppositeX * opposite;
        double ahead = rateZ * ROTOR_LAG_SECONDS;
        momentX += ahead * turningY;
        momentY -= ahead * turningX;
        mix(norm, momentX, momentY, rotorCommandsOut);
    }

    /** About body down, by the commands of the tick before; the lost rotor has none. */
    private double rotorMomentum(double[] commands) {
        double sum = 0;
        for (int rotor : remaining) {
            sum -= airframe.rotors().get(rotor).reactionAboutDown() * commands[rotor];
        }
        return sum * airframe.maximumRotorSpeedRadiansPerSecond() * airframe.rotorInertiaKilogramSquareMeters();
    }

    private static double inBody(int axis, Attitude a, double north, double east, double down) {
        return switch (axis) {
            case 0 ->
                (1 - 2 * (a.y * a.y + a.z * a.z)) * north
                        + 2 * (a.x * a.y + a.w * a.z) * east
                        + 2 * (a.x * a.z - a.w * a.y) * down;
            case 1 ->
                2 * (a.x * a.y - a.w * a.z) * north
                        + (1 - 2 * (a.x * a.x + a.z * a.z)) * east
                        + 2 * (a.y * a.z + a.w * a.x) * down;
            default ->
                2 * (a.x * a.z + a.w * a.y) * north
                        + 2 * (a.y * a.z - a.w * a.x) * east
                        + (1 - 2 * (a.x * a.x + a.y * a.y)) * down;
        };
    }

    /** Roll and pitch first: thrust gives way where a rotor has no more to give. */
    private void mix(double collective, double roll, double pitch, double[] rotorCommandsOut) {
        double fits = collective;
        for (int i = 0; i < 3; i++) {
            thrust[i] = share[i][1] * roll + share[i][2] * pitch;
            if (share[i][0] > 1e-6) {
                fits = Math.min(fits, (mostThrust - thrust[i]) / share[i][0]);
            }
        }
        fits = Math.max(0, fits);
        saturated = fits < collective;
        Arrays.fill(rotorCommandsOut, 0);
        for (int i = 0; i < 3; i++) {
            double bounded = Math.max(0, Math.min(mostThrust, thrust[i] + share[i][0] * fits));
            rotorCommandsOut[remaining[i]] = Math.sqrt(bounded / airframe.maximumRotorThrustNewtons());
        }
    }

    private static double clamped(double rate) {
        return Math.max(-TILT_RATE_LIMIT, Math.min(TILT_RATE_LIMIT, rate));
    }

    boolean saturated() {
        return saturated;
    }
}
