package io.kryla.hil.physics;

import java.util.List;

/** What all rotors do to the airframe ({@link Propulsion}, {@link RotorDisc}), and the lag of their speeds. */
final class RotorForces {
    private final int count;
    private final List<Rotor> rotors;
    private final double[] hubX;
    private final double[] hubY;
    private final double[] hubZ;
    private final double[] reaction;
    private final double[] thrustScale;
    private final double[] lagScale;
    private final double[] armDragArea;
    private final RotorDamage.Drive[] drives;
    private final Propulsion propulsion;
    private final RotorDisc disc;

    RotorForces(Vehicle vehicle) {
        rotors = vehicle.rotors();
        propulsion = vehicle.propulsion();
        disc = vehicle.rotorDisc();
        count = rotors.size();
        hubX = rotors.stream().mapToDouble(Rotor::xFrdMeters).toArray();
        hubY = rotors.stream().mapToDouble(Rotor::yFrdMeters).toArray();
        hubZ = rotors.stream().mapToDouble(Rotor::zFrdMeters).toArray();
        reaction = rotors.stream()
                .mapToDouble(rotor -> rotor.spin().reactionAboutDown())
                .toArray();
        thrustScale = new double[count];
        lagScale = new double[count];
        armDragArea = new double[count];
        drives = new RotorDamage.Drive[count];
        set(Damage.none());
    }

    void set(Damage damage) {
        Damage.BodyVector shift = damage.centerOfMassShift();
        for (int i = 0; i < count; i++) {
            RotorDamage rotor = damage.rotor(i);
            thrustScale[i] = rotor.thrustFactor();
            lagScale[i] = rotor.lagFactor();
            armDragArea[i] = rotor.armDragAreaSquareMeters();
            drives[i] = rotor.drive();
            hubX[i] = rotors.get(i).xFrdMeters() - shift.x();
            hubY[i] = rotors.get(i).yFrdMeters() - shift.y();
            hubZ[i] = rotors.get(i).zFrdMeters() - shift.z();
        }
    }

    /**
     * Adds what the rotors do to the airframe.
     *
     * @param accelerations derivative array that holds the rotors' accelerations
     * @param rotation body FRD to world NED, row-major
     * @param airX the air's flow past the centre of mass, body FRD, m/s
     */
    void addTo(
            Wrench wrench,
            double[] state,
            double[] accelerations,
            double[] rotation,
            double airX,
            double airY,
            double airZ,
            double densityRatio) {
        double thrustFactor = propulsion.thrustNewtonsPerSquareRadianPerSquareSecond() * densityRatio;
        double dragFactor = disc.inPlaneDragKilogramsPerRadian() * densityRatio;
        double inflowFactor = disc.inflowLossKilogramsPerRadian() * densityRatio;
        double rollingFactor = disc.rollingMomentKilogramMetersPerRadian() * densityRatio;
        double momentToThrust = propulsion.momentToThrustMeters();
        double rateX = state[StateVector.BODY_RATE];
        double rateY = state[StateVector.BODY_RATE + 1];
        double rateZ = state[StateVector.BODY_RATE + 2];
        double spin = 0;
        double spinUp = 0;
        for (int i = 0; i < count; i++) {
            double speed = state[StateVector.ROTOR_SPEED + i];
            double stillThrust = thrustFactor * speed * speed;
            double hubAirX = airX + rateY * hubZ[i] - rateZ * hubY[i];
            double hubAirY = airY + rateZ * hubX[i] - rateX * hubZ[i];
            double hubAirZ = airZ + rateX * hubY[i] - rateY * hubX[i];
            // The air moves along body down past a climbing hub: its own velocity along down is negative.
            double thrust = stillThrust + inflowFactor * speed * hubAirZ;
            thrust = Math.max(0, Math.min(2 * stillThrust, thrust)) * nearGround(i, state, rotation);
            double drag = dragFactor * speed;
            wrench.addForceAt(hubX[i], hubY[i], hubZ[i], -drag * hubAirX, -drag * hubAirY, -thrustScale[i] * thrust);
            if (armDragArea[i] > 0) {
                addArmDrag(wrench, i, hubAirX, hubAirY, hubAirZ, densityRatio);
            }
            double rolling = reaction[i] * rollingFactor * speed;
            wrench.momentX += rolling * hubAirX;
            wrench.momentY += rolling * hubAirY;
            wrench.momentZ += reaction[i] * momentToThrust * stillThrust;
            spin -= reaction[i] * speed;
            spinUp -= reaction[i] * accelerations[StateVector.ROTOR_SPEED + i];
        }
        // −ω × (h·z) − ḣ·z, with h the rotors' angular momentum about body down.
        double momentum = disc.inertiaKilogramSquareMeters() * spin;
        wrench.momentX -= rateY * momentum;
        wrench.momentY += rateX * momentum;
        wrench.momentZ -= disc.inertiaKilogramSquareMeters() * spinUp;
    }

    private void addArmDrag(Wrench wrench, int i, double x, double y, double z, double densityRatio) {
        double speed = Math.sqrt(x * x + y * y + z * z);
        double drag = 0.5
                * StandardAtmosphere.SEA_LEVEL_DENSITY_KILOGRAMS_PER_CUBIC_METER
                * densityRatio
                * armDragArea[i]
                * speed;
        wrench.addForceAt(hubX[i], hubY[i], hubZ[i], -drag * x, -drag * y, -drag * z);
    }

    /** Eight radii up the ground gives a thousandth; above that it is not asked. */
    private double nearGround(int i, double[] state, double[] rotation) {
        double height = -(state[StateVector.POSITION + 2]
                + rotation[6] * hubX[i]
                + rotation[7] * hubY[i]
                + rotation[8] * hubZ[i]);
        return height > 8 * disc.radiusMeters() ? 1 : disc.groundEffectRatio(height);
    }

    /**
     * Writes the rotors' accelerations: a first-order lag towards the target speeds, slower down than up.
     *
     * @return how much the sum of the rotors' accelerations about body down grew against what the array held before
     */
    double writeAccelerations(double[] state, double[] targetSpeeds, double[] derivative) {
        double change = 0;
        for (int i = 0; i < count; i++) {
            double acceleration = acceleration(i, targetSpeeds[i], state[StateVector.ROTOR_SPEED + i]);
            change -= reaction[i] * (acceleration - derivative[StateVector.ROTOR_SPEED + i]);
            derivative[StateVector.ROTOR_SPEED + i] = acceleration;
        }
        return change;
    }

    private double acceleration(int i, double target, double speed) {
        if (drives[i] == RotorDamage.Drive.HELD) {
            return 0;
        }
        double gap = (drives[i] == RotorDamage.Drive.STOPPED ? 0 : target) - speed;
        return gap / (lagScale[i] * (gap > 0 ? propulsion.spinUpSeconds() : propulsion.spinDownSeconds()));
    }

    /** Torque on the airframe about body down when the rotors' accelerations about it change by so much. */
    double spinUpTorque(double accelerationChange) {
        return -disc.inertiaKilogramSquareMeters() * accelerationChange;
    }
}
