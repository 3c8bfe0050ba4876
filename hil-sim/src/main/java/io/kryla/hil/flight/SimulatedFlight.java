package io.kryla.hil.flight;

import io.kryla.airframe.AirframeAgent;
import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.v1.Command;
import io.kryla.v1.LogCloseReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Flies a plan from boot to the closed flight log, in lockstep: flight time moves only when everything that belongs to it
 * has happened.
 *
 * <p>The same setup gives the same truth recording to the byte and equal samples (identities and nonces aside), however
 * fast the machine or the link is: flight time stands still while {@code 64} records are unacknowledged, and at a due
 * action until its command has gone through the session and arrived. What takes longer than the deadlines is a {@link
 * RigError}, never a verdict. Runs on the caller's thread, which is the agent's flight thread.
 */
public final class SimulatedFlight {
    private static final Duration COMMAND_DEADLINE = Duration.ofSeconds(5);
    private static final Duration ROOM_DEADLINE = Duration.ofSeconds(5);
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(10);
    /** The agent's clock moves this often: often enough for its shortest deadlines. */
    private static final long AGENT_STEP_NANOS = 10_000_000;
    /** How often a pacer holds the flight back: as often as a board is fed with readings, 250 Hz. */
    private static final long PACE_STEP_NANOS = 4_000_000;
    /** Flown on after the end, so that the last states are in the log. */
    private static final long AFTER_END_NANOS = 1_000_000_000;

    private static final long TIPPED_OVER_NANOS = 2_000_000_000;

    private final AcceptancePlan plan;
    private final AirframePort port;
    private final Pilot pilot;
    private final TruthSink truth;
    private final Pacer pacer;
    private final SimulatedAirframe airframe;
    private final PlanClock clock;
    private final FaultSchedule faults;
    private final List<Command> commands = new ArrayList<>();
    private int sent;
    private boolean refused;
    private long endingSinceNanos = -1;
    private long tippedSinceNanos = -1;

    private SimulatedFlight(FlightSetup setup, AirframePort port, Pilot pilot, TruthSink truth, Pacer pacer) {
        this.plan = setup.plan();
        this.port = port;
        this.pilot = pilot;
        this.truth = truth;
        this.pacer = pacer;
        this.airframe = new SimulatedAirframe(
                setup.vehicle(), plan.site(), plan.weather(), plan.geofence(), setup.seed(), port);
        airframe.giveGround();
        this.clock = new PlanClock(plan);
        this.faults = new FaultSchedule(plan.faults(), clock, airframe);
        for (int i = 0; i < plan.actions().size(); i++) {
            commands.add(PlanCommands.command(
                    plan.commandId(setup.seed(), i), plan.actions().get(i).order()));
        }
    }

    /**
     * Flies; returns when the log is closed and the ground has confirmed its end.
     *
     * @param agent freshly booted, with its session up
     * @param truthMcap written whole or not at all
     * @param pacer holds flight time back; it changes nothing that is recorded
     */
    public static FlightRun fly(FlightSetup setup, AirframeAgent agent, Pilot pilot, Path truthMcap, Pacer pacer) {
        return fly(setup, AirframePort.of(agent), pilot, truthMcap, pacer);
    }

    static FlightRun fly(FlightSetup setup, AirframePort port, Pilot pilot, Path truthMcap, Pacer pacer) {
        try (var truth = new TruthRecorder(truthMcap)) {
            return new SimulatedFlight(setup, port, pilot, truth, pacer).fly();
        }
    }

    static FlightRun fly(FlightSetup setup, AirframePort port, Pilot pilot, TruthSink truth) {
        return new SimulatedFlight(setup, port, pilot, truth, Pacer.unpaced()).fly();
    }

    private FlightRun fly() {
        truth.record(airframe.truth());
        var end = step();
        while (end == null) {
            end = step();
        }
        long endNanos = airframe.nowNanos();
        port.advanceTo(endNanos);
        var reason = end == FlightEnd.DISARMED
                ? LogCloseReason.LOG_CLOSE_REASON_FLIGHT_ENDED
                : LogCloseReason.LOG_CLOSE_REASON_ABORTED;
        var log = port.closeLog(reason, CLOSE_DEADLINE);
        if (!log.acknowledged()) {
            throw new RigError("RIG_LOG_NOT_CLOSED", "the ground did not confirm the end of the flight log; fly again");
        }
        return new FlightRun(end, endNanos, log, truth.finish());
    }

    private @Nullable FlightEnd step() {
        sendDueActions();
        faults.update(airframe.nowNanos());
        airframe.tick();
        noteCompletions();
        long now = airframe.nowNanos();
        truth.record(airframe.truth());
        if (now % PACE_STEP_NANOS == 0) {
            pacer.awaitFlightTime(now);
        }
        if (now % AGENT_STEP_NANOS == 0) {
            port.advanceTo(now);
            port.pollCommand().ifPresent(other -> airframe.refuse(other, "PLAN_IN_PROGRESS"));
            if (!port.awaitRoom(ROOM_DEADLINE)) {
                throw new RigError(
                        "RIG_LINK_STALLED",
                        "64 records stay unacknowledged at " + now + " ns; look at the ground's link");
            }
        }
        return end(now);
    }

    /**
     * In the order of the plan: an action waits for those above it to be sent. On a slow link it is under way for a while;
     * on a lost one it never arrives.
     */
    private void sendDueActions() {
        while (sent < commands.size()) {
            long givenNanos = airframe.nowNanos() - airframe.link().latencyNanos();
            if (!clock.hasCome(plan.actions().get(sent).at(), givenNanos)) {
                return;
            }
            int action = sent++;
            if (!airframe.link().lost()) {
                deliver(action);
            }
        }
    }

    private void deliver(int action) {
        var command = commands.get(action);
        pilot.send(command);
        var received = port.awaitCommand(command.getId().toByteArray(), COMMAND_DEADLINE)
                .orElseThrow(() -> new RigError(
                        "RIG_COMMAND_LOST",
                        "the command " + plan.actions().get(action).name() + " did not reach the airframe within "
                                + COMMAND_DEADLINE.toSeconds() + " s; look at the ground's link"));
        if (airframe.execute(received).refused()) {
            refused = plan.actions().get(action).expected().isEmpty();
        } else {
            clock.accepted(action, airframe.nowNanos());
        }
    }

    private void noteCompletions() {
        for (int i = 0; i < sent; i++) {
            if (!clock.isCompleted(i) && airframe.completed(commands.get(i).getId())) {
                clock.completed(i, airframe.nowNanos());
            }
        }
    }

    private @Nullable FlightEnd end(long now) {
        if (now >= plan.timeLimitNanos()) {
            return FlightEnd.TIME_LIMIT;
        }
        tippedSinceNanos = !airframe.truth().hullTouchesGround() ? -1 : tippedSinceNanos < 0 ? now : tippedSinceNanos;
        if (tippedSinceNanos >= 0 && now - tippedSinceNanos >= TIPPED_OVER_NANOS) {
            return FlightEnd.TIPPED_OVER;
        }
        boolean over = !airframe.armed() && airframe.truth().onGround() && (refused || sent == commands.size());
        endingSinceNanos = !over ? -1 : endingSinceNanos < 0 ? now : endingSinceNanos;
        if (endingSinceNanos >= 0 && now - endingSinceNanos >= AFTER_END_NANOS) {
            return refused ? FlightEnd.COMMAND_REFUSED : FlightEnd.DISARMED;
        }
        return null;
    }
}
