package io.kryla.hil.physics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The flat ground at down = 0 under the points of the airframe.
 *
 * <p>Across the ground: a spring and damper that only push. Along it: each touching point is anchored where it touched by
 * a spring and damper of the same strength, up to the friction limit; beyond, it slips and drags its anchor along. So
 * the airframe stands still on its feet instead of creeping as it would under a friction that depends on speed alone.
 * Anchors move once a step, never between the stages of one.
 */
final class GroundContact {
    private final LandingGear gear;
    private final int feet;
    private final int count;
    private final double[] pointX;
    private final double[] pointY;
    private final double[] pointZ;
    private final boolean[] touching;
    private final double[] anchorNorth;
    private final double[] anchorEast;
    private final List<ContactPoint> points;
    private double lowestReach;

    GroundContact(LandingGear gear) {
        this.gear = gear;
        points = new ArrayList<>(gear.feet());
        points.addAll(gear.hull());
        feet = gear.feet().size();
        count = points.size();
        pointX = new double[count];
        pointY = new double[count];
        pointZ = new double[count];
        touching = new boolean[count];
        anchorNorth = new double[count];
        anchorEast = new double[count];
        placeAbout(Damage.BodyVector.ZERO);
    }

    /** Where the points lie once the centre of mass has moved by so much. */
    void placeAbout(Damage.BodyVector shift) {
        double reach = 0;
        for (int i = 0; i < count; i++) {
            ContactPoint point = points.get(i);
            pointX[i] = point.xFrdMeters() - shift.x();
            pointY[i] = point.yFrdMeters() - shift.y();
            pointZ[i] = point.zFrdMeters() - shift.z();
            reach = Math.max(reach, Math.sqrt(pointX[i] * pointX[i] + pointY[i] * pointY[i] + pointZ[i] * pointZ[i]));
        }
        lowestReach = reach;
    }

    void addTo(Wrench wrench, double[] state, double[] rotation) {
        double down = state[StateVector.POSITION + 2];
        if (down < -lowestReach) {
            return;
        }
        for (int i = 0; i < count; i++) {
            double depth = down + rotation[6] * pointX[i] + rotation[7] * pointY[i] + rotation[8] * pointZ[i];
            if (depth > 0) {
                addPoint(i, depth, wrench, state, rotation);
            }
        }
    }

    private void addPoint(int i, double depth, Wrench wrench, double[] state, double[] r) {
        double x = pointX[i];
        double y = pointY[i];
        double z = pointZ[i];
        double rateX = state[StateVector.BODY_RATE];
        double rateY = state[StateVector.BODY_RATE + 1];
        double rateZ = state[StateVector.BODY_RATE + 2];
        double swingX = rateY * z - rateZ * y;
        double swingY = rateZ * x - rateX * z;
        double swingZ = rateX * y - rateY * x;
        double velocityNorth = state[StateVector.VELOCITY] + r[0] * swingX + r[1] * swingY + r[2] * swingZ;
        double velocityEast = state[StateVector.VELOCITY + 1] + r[3] * swingX + r[4] * swingY + r[5] * swingZ;
        double velocityDown = state[StateVector.VELOCITY + 2] + r[6] * swingX + r[7] * swingY + r[8] * swingZ;

        double stiffness = gear.stiffnessNewtonsPerMeter();
        double damping = gear.dampingNewtonSecondsPerMeter();
        double normal = Math.max(0, stiffness * depth + damping * velocityDown);
        double north = -damping * velocityNorth;
        double east = -damping * velocityEast;
        if (touching[i]) {
            north -= stiffness * (northOf(i, state, r) - anchorNorth[i]);
            east -= stiffness * (eastOf(i, state, r) - anchorEast[i]);
        }
        double limit = gear.frictionCoefficient() * normal;
        double wanted = Math.sqrt(north * north + east * east);
        if (wanted > limit) {
            north *= limit / wanted;
            east *= limit / wanted;
        }
        wrench.addForceAt(
                x,
                y,
                z,
                r[0] * north + r[3] * east - r[6] * normal,
                r[1] * north + r[4] * east - r[7] * normal,
                r[2] * north + r[5] * east - r[8] * normal);
    }

    /** To be called once after each step: sets, drags and lifts the anchors. */
    void settle(double[] state, double[] rotation) {
        double down = state[StateVector.POSITION + 2];
        if (down < -lowestReach) {
            Arrays.fill(touching, false);
            return;
        }
        for (int i = 0; i < count; i++) {
            double depth = down + rotation[6] * pointX[i] + rotation[7] * pointY[i] + rotation[8] * pointZ[i];
            if (depth <= 0) {
                touching[i] = false;
                continue;
            }
            double north = northOf(i, state, rotation);
            double east = eastOf(i, state, rotation);
            if (!touching[i]) {
                touching[i] = true;
                anchorNorth[i] = north;
                anchorEast[i] = east;
                continue;
            }
            double stretchNorth = north - anchorNorth[i];
            double stretchEast = east - anchorEast[i];
            double stretch = Math.sqrt(stretchNorth * stretchNorth + stretchEast * stretchEast);
            double holds = gear.frictionCoefficient() * depth;
            if (stretch > holds) {
                anchorNorth[i] = north - stretchNorth * holds / stretch;
                anchorEast[i] = east - stretchEast * holds / stretch;
            }
        }
    }

    boolean anyTouches() {
        return touches(0, count);
    }

    boolean hullTouches() {
        return touches(feet, count);
    }

    private boolean touches(int from, int to) {
        for (int i = from; i < to; i++) {
            if (touching[i]) {
                return true;
            }
        }
        return false;
    }

    private double northOf(int i, double[] state, double[] r) {
        return state[StateVector.POSITION] + r[0] * pointX[i] + r[1] * pointY[i] + r[2] * pointZ[i];
    }

    private double eastOf(int i, double[] state, double[] r) {
        return state[StateVector.POSITION + 1] + r[3] * pointX[i] + r[4] * pointY[i] + r[5] * pointZ[i];
    }
}
