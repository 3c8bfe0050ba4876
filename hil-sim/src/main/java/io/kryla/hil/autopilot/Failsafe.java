package io.kryla.hil.autopilot;

/** What a controller does on its own; the constant's name is the code in the event's detail. */
public enum Failsafe {
    /** The ground is silent: it flies home. */
    LINK_LOST,
    /** It would leave the fence: it flies home. */
    GEOFENCE_BREACHED,
    /** It flies home while there is enough left for it. */
    BATTERY_LOW,
    /** It lands where it is. */
    BATTERY_CRITICAL,
    /** Dead reckoning has lasted too long: it lands where it is. */
    GNSS_LOST,
    /** A rotor no longer pushes: a quadrotor spins and comes down; with more rotors it flies home. */
    ROTOR_LOST,
    /** It lies on its side in the air: its rotors stop. */
    ATTITUDE_LOST
}
