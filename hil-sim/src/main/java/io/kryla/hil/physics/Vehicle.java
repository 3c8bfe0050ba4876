package io.kryla.hil.physics;

import io.kryla.hil.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;

/** The physical parameters of a multicopter; a vehicle that exists is plausible. Sources: {@code docs/simulator.md}. */
public record Vehicle(
        String name,
        double massKilograms,
        Inertia inertia,
        List<Rotor> rotors,
        Propulsion propulsion,
        RotorDisc rotorDisc,
        BodyDrag bodyDrag,
        LandingGear landingGear,
        BatteryPack battery) {
    public Vehicle {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        Quantity.positive("massKilograms", massKilograms);
        rotors = List.copyOf(rotors);
        if (rotors.size() < 4 || rotors.size() > 12) {
            throw new IllegalArgumentException("rotors must be 4 to 12, found " + rotors.size());
        }
        double ratio = rotors.size()
                * propulsion.thrustNewtonsPerSquareRadianPerSquareSecond()
                * propulsion.maximumSpeedRadiansPerSecond()
                * propulsion.maximumSpeedRadiansPerSecond()
                / (massKilograms * StandardAtmosphere.GRAVITY_METERS_PER_SECOND_SQUARED);
        if (!(ratio > 1)) {
            throw new IllegalArgumentException("thrust-to-weight ratio must exceed 1 to fly, found " + ratio);
        }
    }

    /** Rotor speed that carries the weight at sea level density in still air. */
    public double hoverRotorSpeedRadiansPerSecond() {
        return Math.sqrt(massKilograms
                * StandardAtmosphere.GRAVITY_METERS_PER_SECOND_SQUARED
                / (rotors.size() * propulsion.thrustNewtonsPerSquareRadianPerSquareSecond()));
    }

    /**
     * The 1.5 kg reference quadrotor: mass, inertia, rotors and propulsion of the published Iris model; drag area, contact
     * and battery estimated (±30 %).
     */
    public static Vehicle reference() {
        List<Rotor> rotors = List.of(
                new Rotor(0.13, 0.22, -0.023, Rotor.Spin.COUNTER_CLOCKWISE),
                new Rotor(-0.13, -0.20, -0.023, Rotor.Spin.COUNTER_CLOCKWISE),
                new Rotor(0.13, -0.22, -0.023, Rotor.Spin.CLOCKWISE),
                new Rotor(-0.13, 0.20, -0.023, Rotor.Spin.CLOCKWISE));
        List<ContactPoint> feet = List.of(
                new ContactPoint(0.14, 0.14, 0.11),
                new ContactPoint(-0.14, -0.14, 0.11),
                new ContactPoint(0.14, -0.14, 0.11),
                new ContactPoint(-0.14, 0.14, 0.11));
        List<ContactPoint> hull = new ArrayList<>();
        for (Rotor rotor : rotors) {
            // Rotor tips and the top plate: what touches when it lies on its side or its back.
            hull.add(new ContactPoint(rotor.xFrdMeters() * 1.4, rotor.yFrdMeters() * 1.4, -0.03));
            hull.add(new ContactPoint(rotor.xFrdMeters() * 0.4, rotor.yFrdMeters() * 0.4, -0.07));
        }
        return new Vehicle(
                "kryla-reference-1500",
                1.535,
                Inertia.principal(0.029125, 0.029125, 0.055225),
                rotors,
                new Propulsion(5.84e-6, 0.06, 0.0125, 0.025, 1100),
                new RotorDisc(0.127, 1.75e-4, 1.9e-4, 1e-6, 6e-5),
                new BodyDrag(0.020, 0.020, 0.040),
                new LandingGear(feet, hull, 2_000, 40, 0.7),
                new BatteryPack(
                        4, 5.0, 0.012, new RelaxationBranch(0.003, 0.6), new RelaxationBranch(0.004, 40), 165, 5, 1.0));
    }
}
