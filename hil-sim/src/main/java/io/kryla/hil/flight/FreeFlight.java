package io.kryla.hil.flight;

import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.ClosedLog;
import io.kryla.hil.autopilot.Geofence;
import io.kryla.hil.physics.Site;
import io.kryla.hil.physics.Weather;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.v1.LogCloseReason;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Keeps a simulated airframe alive without a plan: it stands at home until a ground commands it, and does what it is
 * commanded, at the pace of an injected clock. Unlike {@link SimulatedFlight} it waits for nobody: like a real airframe it
 * flies on while no ground listens. Runs on the caller's thread, which is the agent's flight thread.
 */
public final class FreeFlight {
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);
    /** How often commands are looked for, and how finely the pace is kept. */
    private static final long STEP_NANOS = 10_000_000;

    private final SimulatedAirframe airframe;
    private final AirframePort port;
    private final Pacer pacer;

    private FreeFlight(SimulatedAirframe airframe, AirframePort port, Pacer pacer) {
        this.airframe = airframe;
        this.port = port;
        this.pacer = pacer;
    }

    /**
     * Flies until asked to stop, then closes the log.
     *
     * @param seed of the sensors' noise
     * @param stop asked every 10 ms of flight time
     * @return the log's end; not acknowledged when no ground was there
     */
    public static ClosedLog fly(
            VehicleFile vehicle, Site site, long seed, AirframeAgent agent, Pacer pacer, BooleanSupplier stop) {
        return fly(vehicle, site, seed, AirframePort.of(agent), pacer, stop);
    }

    static ClosedLog fly(
            VehicleFile vehicle, Site site, long seed, AirframePort port, Pacer pacer, BooleanSupplier stop) {
        return new FreeFlight(
                        new SimulatedAirframe(vehicle, site, Weather.calm(), Geofence.widest(), seed, port),
                        port,
                        pacer)
                .fly(stop);
    }

    private ClosedLog fly(BooleanSupplier stop) {
        while (!stop.getAsBoolean()) {
            do {
                airframe.tick();
            } while (airframe.nowNanos() % STEP_NANOS != 0);
            port.advanceTo(airframe.nowNanos());
            port.pollCommand().ifPresent(airframe::execute);
            pacer.awaitFlightTime(airframe.nowNanos());
        }
        return port.closeLog(LogCloseReason.LOG_CLOSE_REASON_FLIGHT_ENDED, CLOSE_DEADLINE);
    }
}
