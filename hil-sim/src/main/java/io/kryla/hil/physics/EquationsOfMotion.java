package io.kryla.hil.physics;

import io.kryla.hil.geometry.Attitude;

/**
 * Newton and Euler for one rigid body in body FRD: m·a = R·F + m·g, I·ω̇ = M − ω×(I·ω), q̇ = ½·q⊗ω.
 *
 * <p>Pure in the state but for wind, density and contact anchors, which stand still within a step.
 */
final class EquationsOfMotion {
    private final double nominalMass;
    private double mass;
    private Damage.BodyVector push = Damage.BodyVector.ZERO;
    private final double[] inertia;
    private final double[] inverseInertia;
    private final BodyDrag drag;
    private final RotorForces rotors;
    private final GroundContact ground;
    private final Wrench wrench = new Wrench();
    private final double[] rotation = new double[9];

    double windNorth;
    double windEast;
    double windDown;
    double densityRatio = 1;

    EquationsOfMotion(Vehicle vehicle, RotorForces rotors, GroundContact ground) {
        nominalMass = vehicle.massKilograms();
        mass = nominalMass;
        drag = vehicle.bodyDrag();
        this.rotors = rotors;
        this.ground = ground;
        Inertia i = vehicle.inertia();
        inertia = new double[] {
            i.xxKilogramSquareMeters(), i.xyKilogramSquareMeters(), i.xzKilogramSquareMeters(),
            i.xyKilogramSquareMeters(), i.yyKilogramSquareMeters(), i.yzKilogramSquareMeters(),
            i.xzKilogramSquareMeters(), i.yzKilogramSquareMeters(), i.zzKilogramSquareMeters()
        };
        inverseInertia = inverse(inertia);
    }

    void set(Damage damage) {
        mass = nominalMass + damage.addedMassKilograms();
        push = damage.pushNewtonMeters();
    }

    /** Writes the derivative of all but the rotor speeds, whose derivative it finds there. */
    void evaluate(double[] state, double[] derivative) {
        double w = state[StateVector.ATTITUDE];
        double x = state[StateVector.ATTITUDE + 1];
        double y = state[StateVector.ATTITUDE + 2];
        double z = state[StateVector.ATTITUDE + 3];
        double p = state[StateVector.BODY_RATE];
        double q = state[StateVector.BODY_RATE + 1];
        double r = state[StateVector.BODY_RATE + 2];
        Attitude.toMatrix(w, x, y, z, rotation);
        sumForces(state, derivative);

        derivative[StateVector.POSITION] = state[StateVector.VELOCITY];
        derivative[StateVector.POSITION + 1] = state[StateVector.VELOCITY + 1];
        derivative[StateVector.POSITION + 2] = state[StateVector.VELOCITY + 2];
        for (int row = 0; row < 3; row++) {
            derivative[StateVector.VELOCITY + row] = (rotation[3 * row] * wrench.forceX
                            + rotation[3 * row + 1] * wrench.forceY
                            + rotation[3 * row + 2] * wrench.forceZ)
                    / mass;
        }
        derivative[StateVector.VELOCITY + 2] += StandardAtmosphere.GRAVITY_METERS_PER_SECOND_SQUARED;

        derivative[StateVector.ATTITUDE] = 0.5 * (-x * p - y * q - z * r);
        derivative[StateVector.ATTITUDE + 1] = 0.5 * (w * p + y * r - z * q);
        derivative[StateVector.ATTITUDE + 2] = 0.5 * (w * q + z * p - x * r);
        derivative[StateVector.ATTITUDE + 3] = 0.5 * (w * r + x * q - y * p);

        double[] i = inertia;
        double spinX = i[0] * p + i[1] * q + i[2] * r;
        double spinY = i[3] * p + i[4] * q + i[5] * r;
        double spinZ = i[6] * p + i[7] * q + i[8] * r;
        double momentX = wrench.momentX - (q * spinZ - r * spinY);
        double momentY = wrench.momentY - (r * spinX - p * spinZ);
        double momentZ = wrench.momentZ - (p * spinY - q * spinX);
        for (int row = 0; row < 3; row++) {
            derivative[StateVector.BODY_RATE + row] = inverseInertia[3 * row] * momentX
                    + inverseInertia[3 * row + 1] * momentY
                    + inverseInertia[3 * row + 2] * momentZ;
        }
    }

    private void sumForces(double[] state, double[] derivative) {
        wrench.clear();
        double north = state[StateVector.VELOCITY] - windNorth;
        double east = state[StateVector.VELOCITY + 1] - windEast;
        double down = state[StateVector.VELOCITY + 2] - windDown;
        double airX = rotation[0] * north + rotation[3] * east + rotation[6] * down;
        double airY = rotation[1] * north + rotation[4] * east + rotation[7] * down;
        double airZ = rotation[2] * north + rotation[5] * east + rotation[8] * down;
        double speed = Math.sqrt(airX * airX + airY * airY + airZ * airZ);
        double dynamic = 0.5 * StandardAtmosphere.SEA_LEVEL_DENSITY_KILOGRAMS_PER_CUBIC_METER * densityRatio * speed;
        wrench.addForce(
                -dynamic * drag.xDragAreaSquareMeters() * airX,
                -dynamic * drag.yDragAreaSquareMeters() * airY,
                -dynamic * drag.zDragAreaSquareMeters() * airZ);
        rotors.addTo(wrench, state, derivative, rotation, airX, airY, airZ, densityRatio);
        ground.addTo(wrench, state, rotation);
        wrench.momentX += push.x();
        wrench.momentY += push.y();
        wrench.momentZ += push.z();
    }

    /** Adds a torque about body down to a derivative that was evaluated before. */
    void addTorqueAboutDown(double newtonMeters, double[] derivative) {
        for (int row = 0; row < 3; row++) {
            derivative[StateVector.BODY_RATE + row] += inverseInertia[3 * row + 2] * newtonMeters;
        }
    }

    /** Of the last evaluation: force without gravity over mass, body FRD. */
    double specificForceX() {
        return wrench.forceX / mass;
    }

    double specificForceY() {
        return wrench.forceY / mass;
    }

    double specificForceZ() {
        return wrench.forceZ / mass;
    }

    /** Of the last evaluation: body FRD to world NED, row-major. */
    double[] rotation() {
        return rotation;
    }

    private static double[] inverse(double[] m) {
        double c0 = m[4] * m[8] - m[5] * m[7];
        double c1 = m[5] * m[6] - m[3] * m[8];
        double c2 = m[3] * m[7] - m[4] * m[6];
        double determinant = m[0] * c0 + m[1] * c1 + m[2] * c2;
        return new double[] {
            c0 / determinant, (m[2] * m[7] - m[1] * m[8]) / determinant, (m[1] * m[5] - m[2] * m[4]) / determinant,
            c1 / determinant, (m[0] * m[8] - m[2] * m[6]) / determinant, (m[2] * m[3] - m[0] * m[5]) / determinant,
            c2 / determinant, (m[1] * m[6] - m[0] * m[7]) / determinant, (m[0] * m[4] - m[1] * m[3]) / determinant
        };
    }
}
