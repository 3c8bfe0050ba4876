package io.kryla.hil.control;

import java.util.List;

/**
 * Shares a collective thrust and three moments out to the rotors: pseudo-inverse of the rotors' places, then saturation in
 * order of what keeps a multicopter alive — roll and pitch first, then thrust, then yaw. Allocation-free after
 * construction.
 */
final class RotorMixer {
    /** Rotors never stop in flight: a stopped rotor answers late. Share of maximum thrust. */
    private static final double LEAST_THRUST_RATIO = 0.02;

    private final int count;
    private final double mostThrust;
    private final double leastThrust;
    /** Per rotor: thrust by unit of collective, roll, pitch and yaw moment. */
    private final double[][] share;

    private final double[] thrust;
    private final int lostRotor;
    private boolean saturated;

    RotorMixer(AirframeParameters airframe) {
        this(airframe, RotorLossDetector.NONE);
    }

    /** Without a rotor that is lost: it is told to stop, and the others share what it did. */
    RotorMixer(AirframeParameters airframe, int lostRotor) {
        this.lostRotor = lostRotor;
        List<AirframeParameters.RotorPlace> rotors = airframe.rotors();
        count = rotors.size();
        mostThrust = airframe.maximumRotorThrustNewtons();
        leastThrust = LEAST_THRUST_RATIO * mostThrust;
        thrust = new double[count];
        double[][] effect = new double[4][count];
        for (int i = 0; i < count; i++) {
            if (i == lostRotor) {
                continue;
            }
            AirframeParameters.RotorPlace rotor = rotors.get(i);
            effect[0][i] = 1;
            effect[1][i] = -rotor.yFrdMeters();
            effect[2][i] = rotor.xFrdMeters();
            effect[3][i] = rotor.reactionAboutDown() * airframe.momentToThrustMeters();
        }
        share = pseudoInverse(effect, 4, count);
        if (lostRotor != RotorLossDetector.NONE) {
            // Of the few that are left, none shall stand still for the sake of the heading alone.
            double[][] headingFree = pseudoInverse(effect, 3, count);
            for (int i = 0; i < count; i++) {
                System.arraycopy(headingFree[i], 0, share[i], 0, 3);
            }
        }
    }

    /** @param commandsOut 0 to 1 of maximum rotor speed */
    void mix(double collectiveNewtons, double roll, double pitch, double yaw, double[] commandsOut) {
        saturated = false;
        double room = mostThrust - leastThrust;
        spread(roll, pitch);
        if (highest() - lowest() > room) {
            saturated = true;
            scaleTo(room / (highest() - lowest()));
        }
        double base = clamp(collectiveNewtons, leastCollective(), mostCollective());
        for (int i = 0; i < count; i++) {
            thrust[i] += share[i][0] * base;
        }
        addYaw(yaw);
        for (int i = 0; i < count; i++) {
            double bounded = Math.max(0, Math.min(mostThrust, thrust[i]));
            commandsOut[i] = i == lostRotor ? 0 : Math.sqrt(bounded / mostThrust);
        }
    }

    private void spread(double roll, double pitch) {
        for (int i = 0; i < count; i++) {
            thrust[i] = share[i][1] * roll + share[i][2] * pitch;
        }
    }

    private void scaleTo(double factor) {
        for (int i = 0; i < count; i++) {
            thrust[i] *= factor;
        }
    }

    private double clamp(double value, double least, double most) {
        if (value < least || value > most) {
            saturated = true;
        }
        return Math.max(least, Math.min(most, value));
    }

    private void addYaw(double yaw) {
        double fits = 1;
        for (int i = 0; i < count; i++) {
            double wanted = share[i][3] * yaw;
            double free = wanted > 0 ? mostThrust - thrust[i] : thrust[i] - leastThrust;
            double amount = Math.abs(wanted);
            if (amount > Math.max(0, free)) {
                fits = Math.min(fits, Math.max(0, free) / amount);
                saturated = true;
            }
        }
        for (int i = 0; i < count; i++) {
            thrust[i] += fits * share[i][3] * yaw;
        }
    }

    /** That lifts every rotor off its least thrust, given what roll and pitch take. */
    private double leastCollective() {
        double least = 0;
        for (int i = 0; i < count; i++) {
            if (share[i][0] > 0) {
                least = Math.max(least, (leastThrust - thrust[i]) / share[i][0]);
            }
        }
        return least;
    }

    private double mostCollective() {
        double most = Double.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            if (share[i][0] > 0) {
                most = Math.min(most, (mostThrust - thrust[i]) / share[i][0]);
            }
        }
        return Math.max(0, most);
    }

    /** True when the last mix could not give all that was asked. */
    boolean saturated() {
        return saturated;
    }

    private double highest() {
        double highest = thrust[0];
        for (double t : thrust) {
            highest = Math.max(highest, t);
        }
        return highest;
    }

    private double lowest() {
        double lowest = thrust[0];
        for (double t : thrust) {
            lowest = Math.min(lowest, t);
        }
        return lowest;
    }

    /** Bᵀ(BBᵀ)⁻¹ of the first rows by Gauss-Jordan elimination. */
    private static double[][] pseudoInverse(double[][] b, int rows, int count) {
        double[][] a = new double[rows][2 * rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                for (int k = 0; k < count; k++) {
                    a[i][j] += b[i][k] * b[j][k];
                }
            }
            a[i][rows + i] = 1;
        }
        for (int pivot = 0; pivot < rows; pivot++) {
            double divisor = a[pivot][pivot];
            if (!(Math.abs(divisor) > 1e-12)) {
                throw new IllegalArgumentException("rotors do not control roll, pitch, yaw and thrust apart");
            }
            for (int j = 0; j < 2 * rows; j++) {
                a[pivot][j] /= divisor;
            }
            for (int i = 0; i < rows; i++) {
                double factor = a[i][pivot];
                for (int j = 0; i != pivot && j < 2 * rows; j++) {
                    a[i][j] -= factor * a[pivot][j];
                }
            }
        }
        double[][] out = new double[count][rows];
        for (int k = 0; k < count; k++) {
            for (int j = 0; j < rows; j++) {
                for (int i = 0; i < rows; i++) {
                    out[k][j] += b[i][k] * a[i][rows + j];
                }
            }
        }
        return out;
    }
}
