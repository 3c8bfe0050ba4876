package io.kryla.hil.autopilot;

/** Something that happened once, in the order in which it happened. */
public record ControllerEvent(long flightTimeNanos, Kind kind, String detail) {
    /** Named as the telemetry's FlightEventKind. */
    public enum Kind {
        /** The detail is the new mode's name. */
        MODE_CHANGED,
        ARMED,
        DISARMED,
        /** The detail is the waypoint's number, from 1. */
        WAYPOINT_REACHED,
        TOUCHDOWN,
        GNSS_LOST,
        GNSS_REGAINED,
        /** The detail is the refusal's code. */
        ARMING_REFUSED,
        /** The detail is the code of {@link Failsafe}; after ROTOR_LOST the rotor's number, from 1. */
        FAILSAFE
    }
}
