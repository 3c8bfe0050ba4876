package io.kryla.hil.scenario;

import java.util.Map;

/**
 * What the rig breaks on purpose: when, for how long, how bad, and how fast it gets so.
 *
 * @param values in SI by the keys of the kind's parameters; each that was written
 * @param to when it is whole again; the end of the flight if never
 * @param rampNanos it grows in a straight line over this time from its onset; 0 at once
 */
public record Fault(FaultKind kind, Map<String, Double> values, Moment from, Moment to, long rampNanos) {
    public Fault {
        values = Map.copyOf(values);
        if (rampNanos < 0) {
            throw new IllegalArgumentException("rampNanos must not be negative, found " + rampNanos);
        }
    }

    /** How far it has grown a time after its onset, from 0 to 1. */
    public double growth(long sinceOnsetNanos) {
        return sinceOnsetNanos >= rampNanos ? 1 : (double) sinceOnsetNanos / rampNanos;
    }

    /** Of one parameter, in SI, as bad as it becomes. */
    public double value(String key) {
        return value(key, 1);
    }

    /** Of one parameter, in SI, at a growth from 0 (harmless) to 1; what does not grow is there at once. */
    public double value(String key, double growth) {
        for (var parameter : kind.parameters()) {
            if (parameter.key().equals(key)) {
                double full = values.getOrDefault(key, parameter.harmless());
                return switch (parameter.form()) {
                    case QUANTITY, NUMBER -> parameter.harmless() + growth * (full - parameter.harmless());
                    case COUNT, ROTOR, AXIS -> full;
                };
            }
        }
        throw new IllegalArgumentException("key: " + kind.word() + " has no " + key);
    }

    /** A rotor or a satellite count. */
    public int count(String key) {
        return (int) value(key);
    }

    /** The greatest index of a rotor that it names, or −1. */
    int greatestRotor() {
        int greatest = -1;
        for (var parameter : kind.parameters()) {
            if (parameter.form() == FaultParameter.Form.ROTOR) {
                greatest = Math.max(greatest, count(parameter.key()));
            }
        }
        return greatest;
    }

    /** Refuses a fault that names a rotor which the vehicle has not, in words that a plan's author understands. */
    public java.util.Optional<String> misfit(int rotors) {
        return greatestRotor() < rotors
                ? java.util.Optional.empty()
                : java.util.Optional.of("a fault names rotor " + (greatestRotor() + 1) + "; the vehicle has " + rotors);
    }
}
