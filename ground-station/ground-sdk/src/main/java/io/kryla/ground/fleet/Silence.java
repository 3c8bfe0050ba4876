package io.kryla.ground.fleet;

/** Why nothing was heard of a command. */
public enum Silence {
    /** The time given for it has passed. */
    DEADLINE,
    /** No more of the flight log will come: the airframe booted again, contradicted itself, or the station closed. */
    LINK_CLOSED
}
