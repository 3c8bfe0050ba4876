package io.kryla.hil.autopilot;

/** Why a flight controller refuses a command; the constant's name is the stable code. */
public enum CommandRefusal {
    ESTIMATOR_NOT_READY,
    NO_GNSS,
    TILTED,
    BATTERY_LOW,
    NO_BAROMETER,
    NO_MAGNETOMETER,
    /** Its field is not the one of the chart: iron nearby, or a bad calibration. */
    MAGNETOMETER_DISTURBED,
    LINK_LOST,
    /** A failsafe brings it down, and nothing else may be flown. */
    FAILSAFE_LANDING,
    ALREADY_ARMED,
    NOT_ARMED,
    /** Asked for what only an airborne vehicle does. */
    NOT_AIRBORNE,
    /** Disarm or take-off in the air. */
    AIRBORNE,
    /** Height, speed or waypoint outside what this vehicle flies. */
    OUT_OF_RANGE
}
