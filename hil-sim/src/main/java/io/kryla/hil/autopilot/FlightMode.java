package io.kryla.hil.autopilot;

/** What the flight controller is doing. */
public enum FlightMode {
    DISARMED,
    /** Armed on the ground, rotors idling. */
    ARMED_IDLE,
    TAKE_OFF,
    HOLD,
    MISSION,
    /** Flying home; ends in LAND. */
    RETURN,
    LAND
}
