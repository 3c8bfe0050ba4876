package io.kryla.hil.physics;

import java.util.Arrays;
import java.util.List;

/**
 * Thrust, drag torque, in-plane drag and speed lag of all rotors.
 *
 * <p>Not modelled yet: inflow loss, flapping moment, gyroscopic and spin-up torque, ground effect.
 */
final class RotorForces {
    private final int count;
    private final double[] hubX;
    private final double[] hubY;
    private final double[] hubZ;
    private final double[] reaction;
    private final double[] thrustScale;
    private final Propulsion propulsion;

    RotorForces(List<Rotor> rotors, Propulsion propulsion) {
        this.propulsion = propulsion;
        count = rotors.size();
        hubX = rotors.stream().mapToDouble(Rotor::xFrdMeters).toArray();
        hubY = rotors.stream().mapToDouble(Rotor::yFrdMeters).toArray();
        hubZ = rotors.stream().mapToDouble(Rotor::zFrdMeters).toArray();
        reaction = rotors.stream()
                .mapToDouble(rotor -> rotor.spin().reactionAboutDown())
                .toArray();
        thrustScale = new double[count];
        Arrays.fill(thrustScale, 1);
    }

    void setThrustScale(int rotor, double scale) {
        thrustScale[rotor] = scale;
    }

    /** Adds what the rotors do to the airframe. The air's flow past the body is given in body FRD, m/s. */
    void addTo(Wrench wrench, double[] state, double airX, double airY, double densityRatio) {
        double thrustFactor = propulsion.thrustNewtonsPerSquareRadianPerSquareSecond() * densityRatio;
        double dragFactor = propulsion.rotorDragKilogramsPerRadian() * densityRatio;
        double momentToThrust = propulsion.momentToThrustMeters();
        double rateX = state[StateVector.BODY_RATE];
        double rateY = state[StateVector.BODY_RATE + 1];
        double rateZ = state[StateVector.BODY_RATE + 2];
        for (int i = 0; i < count; i++) {
            double speed = state[StateVector.ROTOR_SPEED + i];
            double healthyThrust = thrustFactor * speed * speed;
            double hubAirX = airX + rateY * hubZ[i] - rateZ * hubY[i];
            double hubAirY = airY + rateZ * hubX[i] - rateX * hubZ[i];
            double drag = dragFactor * speed;
            wrench.addForceAt(
                    hubX[i], hubY[i], hubZ[i], -drag * hubAirX, -drag * hubAirY, -thrustScale[i] * healthyThrust);
            wrench.momentZ += reaction[i] * momentToThrust * healthyThrust;
        }
    }

    /** Writes the rotors' accelerations: a first-order lag towards the target speeds, slower down than up. */
    void writeAccelerations(double[] state, double[] targetSpeeds, double[] derivative) {
        for (int i = 0; i < count; i++) {
            double gap = targetSpeeds[i] - state[StateVector.ROTOR_SPEED + i];
            derivative[StateVector.ROTOR_SPEED + i] =
                    gap / (gap > 0 ? propulsion.spinUpSeconds() : propulsion.spinDownSeconds());
        }
    }
}
