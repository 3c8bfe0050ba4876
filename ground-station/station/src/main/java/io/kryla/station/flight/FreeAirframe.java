package io.kryla.station.flight;

import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.ClosedLog;
import io.kryla.hil.flight.FreeFlight;
import io.kryla.hil.flight.Pacer;
import io.kryla.hil.flight.RealTimePacer;
import io.kryla.hil.physics.Site;
import io.kryla.station.bench.SimulatedBoard;
import io.kryla.station.outcome.Progress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** A provisioned unit that is switched on and looks for its ground until it is switched off. */
public final class FreeAirframe {
    private static final long RECONNECT_SECONDS = 1;

    private final SimulatedBoard board;
    private final Site site;
    private final WayToGround ground;
    private final InstantSource clock;
    private final LongSupplier monotonicNanos;

    public FreeAirframe(
            SimulatedBoard board, Site site, WayToGround ground, InstantSource clock, LongSupplier monotonicNanos) {
        this.board = board;
        this.site = site;
        this.ground = ground;
        this.clock = clock;
        this.monotonicNanos = monotonicNanos;
    }

    /**
     * Flies at real time on the caller's thread.
     *
     * @param seconds of flight time at most
     * @param stop ends it earlier
     * @return records in the flight log
     */
    public long fly(long seconds, BooleanSupplier stop, Progress progress) {
        ScheduledExecutorService connector = Executors.newSingleThreadScheduledExecutor();
        try (AirframeAgent agent = board.boot(List.of(ground.profile()), clock, monotonicNanos)) {
            progress.detail(agent.serial() + " boot " + agent.boot());
            Search search = new Search(agent, ground);
            var unused = connector.scheduleWithFixedDelay(search::look, 0, RECONNECT_SECONDS, TimeUnit.SECONDS);
            long limitNanos = TimeUnit.SECONDS.toNanos(seconds);
            FlightTime time = new FlightTime(new RealTimePacer(monotonicNanos, LockSupport::parkNanos));
            ClosedLog log = FreeFlight.fly(
                    board.vehicle(),
                    site,
                    board.seed(),
                    agent,
                    time,
                    () -> stop.getAsBoolean() || time.nanos >= limitNanos);
            return log.head().size();
        } finally {
            connector.shutdownNow();
        }
    }

    /** Remembers how far the flight came. */
    private static final class FlightTime implements Pacer {
        private final Pacer pacer;
        private long nanos;

        FlightTime(Pacer pacer) {
            this.pacer = pacer;
        }

        @Override
        public void awaitFlightTime(long flightTimeNanos) {
            pacer.awaitFlightTime(flightTimeNanos);
            nanos = flightTimeNanos;
        }
    }

    /** Connects whenever there is no session and none is being set up. */
    private static final class Search {
        private final AirframeAgent agent;
        private final WayToGround ground;
        private CompletableFuture<Void> attempt = CompletableFuture.completedFuture(null);

        Search(AirframeAgent agent, WayToGround ground) {
            this.agent = agent;
            this.ground = ground;
        }

        void look() {
            if (!agent.connected() && attempt.isDone()) {
                attempt = ground.connect(agent);
            }
        }
    }
}
