package io.kryla.hil.physics;

import io.kryla.hil.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;

/**
 * All that is broken or changed on an airframe at one time. A value: a scenario builds it when faults begin, grow or end
 * and sets it on the dynamics between two steps.
 *
 * @param rotors in the vehicle's order; empty while all are sound
 * @param commandOf by rotor, the rotor whose command it gets; empty while wired as designed
 * @param centerOfMassShift metres, body FRD; the inertia is left as it was
 * @param addedMassKilograms at the centre of mass
 * @param pushNewtonMeters a torque from outside, such as a foot that is caught; body FRD
 */
public record Damage(
        List<RotorDamage> rotors,
        List<Integer> commandOf,
        BatteryDamage battery,
        BodyVector centerOfMassShift,
        double addedMassKilograms,
        BodyVector pushNewtonMeters) {

    public Damage {
        rotors = List.copyOf(rotors);
        commandOf = List.copyOf(commandOf);
        Quantity.within("addedMassKilograms", addedMassKilograms, 0, 100);
    }

    /** Three components in body FRD. */
    public record BodyVector(double x, double y, double z) {
        static final BodyVector ZERO = new BodyVector(0, 0, 0);

        public BodyVector {
            Quantity.finite("x", x);
            Quantity.finite("y", y);
            Quantity.finite("z", z);
        }

        BodyVector plus(double dx, double dy, double dz) {
            return new BodyVector(x + dx, y + dy, z + dz);
        }
    }

    public static Damage none() {
        return new Damage(List.of(), List.of(), BatteryDamage.NONE, BodyVector.ZERO, 0, BodyVector.ZERO);
    }

    /** Of one rotor, counted from 0; sound ones need not be named. */
    public RotorDamage rotor(int rotor) {
        return rotor < rotors.size() ? rotors.get(rotor) : RotorDamage.NONE;
    }

    /** The rotor whose command this one gets. */
    public int commandOf(int rotor) {
        return rotor < commandOf.size() ? commandOf.get(rotor) : rotor;
    }

    /** Replaces an earlier damage of the same rotor. */
    public Damage withRotor(int rotor, RotorDamage damage) {
        List<RotorDamage> all = new ArrayList<>();
        for (int i = 0; i < Math.max(rotors.size(), rotor + 1); i++) {
            all.add(i == rotor ? damage : rotor(i));
        }
        return new Damage(all, commandOf, battery, centerOfMassShift, addedMassKilograms, pushNewtonMeters);
    }

    /** Two motors on each other's wires. */
    public Damage withSwappedRotors(int one, int other) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < Math.max(commandOf.size(), Math.max(one, other) + 1); i++) {
            all.add(commandOf(i == one ? other : i == other ? one : i));
        }
        return new Damage(rotors, all, battery, centerOfMassShift, addedMassKilograms, pushNewtonMeters);
    }

    public Damage withBattery(BatteryDamage damage) {
        return new Damage(rotors, commandOf, damage, centerOfMassShift, addedMassKilograms, pushNewtonMeters);
    }

    /** Moves the centre of mass further. */
    public Damage withCenterOfMassShift(double xMeters, double yMeters, double zMeters) {
        return new Damage(
                rotors,
                commandOf,
                battery,
                centerOfMassShift.plus(xMeters, yMeters, zMeters),
                addedMassKilograms,
                pushNewtonMeters);
    }

    public Damage withAddedMass(double kilograms) {
        return new Damage(
                rotors, commandOf, battery, centerOfMassShift, addedMassKilograms + kilograms, pushNewtonMeters);
    }

    public Damage withPush(double xNewtonMeters, double yNewtonMeters, double zNewtonMeters) {
        return new Damage(
                rotors,
                commandOf,
                battery,
                centerOfMassShift,
                addedMassKilograms,
                pushNewtonMeters.plus(xNewtonMeters, yNewtonMeters, zNewtonMeters));
    }
}
