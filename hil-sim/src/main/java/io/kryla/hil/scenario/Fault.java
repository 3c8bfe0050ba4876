package io.kryla.hil.scenario;

/** What the rig breaks on purpose, from one moment to another. */
public sealed interface Fault {
    Moment from();

    Moment to();

    /** No GNSS fix arrives. */
    record GnssOutage(Moment from, Moment to) implements Fault {}

    /** Every GNSS position is off by this much. */
    record GnssOffset(double northMeters, double eastMeters, double upMeters, Moment from, Moment to)
            implements Fault {}

    /**
     * A rotor gives only this share of its thrust.
     *
     * @param rotor index into the vehicle's rotors, from 0 (the plan counts from 1)
     * @param factor 0 to 1
     */
    record RotorThrust(int rotor, double factor, Moment from, Moment to) implements Fault {}
}
