package io.kryla.station.flight;

import io.kryla.ground.fleet.AirframeLink;
import io.kryla.hil.flight.Pilot;
import io.kryla.v1.Command;
import java.time.Duration;

/** Carries a plan's commands from the ground station up the session. */
final class GroundPilot implements Pilot {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final AirframeLink link;

    GroundPilot(AirframeLink link) {
        this.link = link;
    }

    @Override
    public void send(Command command) {
        // What becomes of it is in the flight log; a command that does not arrive is the rig's error there.
        var unused = link.send(command, DEADLINE, DEADLINE);
    }
}
