package io.kryla.test;

import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.ClosedLog;
import io.kryla.airframe.ReceivedCommand;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.KrylaException;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.v1.Command;
import io.kryla.v1.FlightEvent;
import io.kryla.v1.FlightEventKind;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.Sample;
import io.kryla.v1.VehicleState;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * One boot of an airframe that a ground cannot tell from a real one: it has an identity, a flight log and a session, all made
 * by the agent that firmware embeds. Its time is the test's: {@link #fly} moves flight time on, {@link #flyOn} lets it run.
 *
 * <p>Like an agent it belongs to one flight thread: that of the test until {@link #flyOn}, its own from then on.
 */
public final class FakeAirframe implements AutoCloseable {
    private static final long STEP_NANOS = 20_000_000;
    private static final double STEP_SECONDS = 0.02;
    private static final Duration WALL = Duration.ofSeconds(20);

    private final AirframeAgent agent;
    private final Function<Duration, Optional<VehicleState>> telemetry;
    private final FakeFlight flight = new FakeFlight();
    private final CommandPlayer commands;
    private final ScheduledExecutorService flightThread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "kryla-fake-flight");
        thread.setDaemon(true);
        return thread;
    });
    private long nowNanos;

    FakeAirframe(FakeAirframeBuilder settings, AirframeAgent agent) {
        this.agent = agent;
        this.telemetry = settings.telemetry();
        this.commands = new CommandPlayer(flight, settings.scripts());
    }

    /** An airframe of that licensor, born and cosigned. */
    public static FakeAirframeBuilder of(TestLicensor licensor, String serial) {
        return of(FakeIdentity.born(licensor, serial));
    }

    /** Another boot of the same airframe, or one whose identity a test has spoilt. */
    public static FakeAirframeBuilder of(FakeIdentity identity) {
        return new FakeAirframeBuilder(identity);
    }

    public FlightOrigin origin() {
        return agent.logOrigin();
    }

    /** The agent itself, for what this class has no word for. */
    public AirframeAgent agent() {
        return agent;
    }

    /**
     * Connects to a ground, and waits at most 20 seconds until the session is up.
     *
     * @throws KrylaException with the code that the agent or the ground gave; CONNECT_TIMEOUT
     */
    public FakeAirframe connect(InetSocketAddress ground) {
        try {
            agent.connect(ground).get(WALL.toSeconds(), TimeUnit.SECONDS);
            return this;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KrylaException refused) {
                throw refused;
            }
            throw new IllegalStateException("the agent fails with nothing else", e.getCause());
        } catch (TimeoutException e) {
            throw new KrylaException("CONNECT_TIMEOUT", "no session within " + WALL, true, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KrylaException("INTERRUPTED", "interrupted while connecting", true, e);
        }
    }

    /**
     * Flies for so much flight time, as fast as the ground takes the records: a state every 20 ms, events and answers to
     * commands as they come.
     */
    public FakeAirframe fly(Duration flightTime) {
        for (long steps = flightTime.toNanos() / STEP_NANOS; steps > 0; steps--) {
            step();
            if (agent.connected() && !agent.awaitRoom(WALL)) {
                throw new KrylaException("LINK_STALLED", "the ground takes no records any more", true);
            }
        }
        return this;
    }

    /** Flies on by itself, a second a second, until {@link #land} or {@link #close}; commands are answered all the while. */
    public FakeAirframe flyOn() {
        var unused = flightThread.scheduleAtFixedRate(this::step, 0, STEP_NANOS, TimeUnit.NANOSECONDS);
        return this;
    }

    /** Says that something happened. */
    public FakeAirframe event(FlightEventKind kind, String detail) {
        publish(FlightEvent.newBuilder().setKind(kind).setDetail(detail).build());
        return this;
    }

    private void step() {
        nowNanos += STEP_NANOS;
        flight.step(STEP_SECONDS);
        agent.publish(sample().setVehicleState(
                        telemetry.apply(Duration.ofNanos(nowNanos)).orElseGet(flight::state))
                .build());
        tellEvents();
        commands.advance(agent, nowNanos);
        Optional<ReceivedCommand> command = agent.pollCommand();
        if (command.isPresent()) {
            commands.take(agent, command.get(), nowNanos);
            tellEvents();
        }
        agent.advanceTo(nowNanos);
    }

    private void tellEvents() {
        for (Optional<FlightEvent> event = flight.pollEvent(); event.isPresent(); event = flight.pollEvent()) {
            publish(event.get());
        }
    }

    private void publish(FlightEvent event) {
        agent.publish(sample().setFlightEvent(event).build());
    }

    private Sample.Builder sample() {
        return Sample.newBuilder().setFlightTimeNanos(nowNanos);
    }

    /** Every command that came through the session, each once, in order. Any thread. */
    public List<Command> receivedCommands() {
        return commands.received();
    }

    /** Ends the flight: closes the log, and waits up to 20 s until the ground has all of it. */
    public ClosedLog land() {
        stopFlying();
        return agent.closeLog(LogCloseReason.LOG_CLOSE_REASON_FLIGHT_ENDED, WALL);
    }

    private void stopFlying() {
        flightThread.shutdown();
        try {
            if (!flightThread.awaitTermination(WALL.toSeconds(), TimeUnit.SECONDS)) {
                throw new KrylaException("FLIGHT_STUCK", "the flight thread did not end", false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Power cut: no end of the log, no farewell. */
    @Override
    public void close() {
        stopFlying();
        agent.close();
    }
}
