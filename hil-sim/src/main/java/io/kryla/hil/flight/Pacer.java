package io.kryla.hil.flight;

/** Holds the flight loop back so that flight time keeps step with some other time. */
@FunctionalInterface
public interface Pacer {
    /** Returns once that flight time has come; at once when it is past. Called on the flight thread. */
    void awaitFlightTime(long flightTimeNanos);

    /** As fast as it can. */
    static Pacer unpaced() {
        return flightTimeNanos -> {};
    }
}
