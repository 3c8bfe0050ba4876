package io.kryla.hil.flight;

/** Why a flight ended. All but the first leave the plan unfinished. */
public enum FlightEnd {
    /** Every action was sent, and the airframe is on the ground and disarmed. */
    DISARMED,
    /** The airframe refused a command and is on the ground and disarmed. */
    COMMAND_REFUSED,
    /** It lies on its side or its back. */
    TIPPED_OVER,
    /** The plan's time was over. */
    TIME_LIMIT
}
