package io.kryla.hil.flight;

import io.kryla.v1.Command;

/**
 * The way of a plan's commands out of the rig, to the ground station and from there up the session to the airframe.
 *
 * <p>Called on the flight thread, and flight time stands still meanwhile: starts the command's way and returns at once.
 */
@FunctionalInterface
public interface Pilot {
    void send(Command command);
}
