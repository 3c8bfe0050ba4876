package io.kryla.companion;

import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.ClosedLog;
import io.kryla.airframe.ReceivedCommand;
import io.kryla.codec.VehicleSample;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.CommandStage;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.Sample;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One boot, on the caller's thread, which is the agent's flight thread. The flight clock is the board's: a sample is stamped
 * when it comes, so that a flight controller whose clock jumps or starts again cannot hold the log up.
 */
final class Flight {
    private static final Logger LOG = LoggerFactory.getLogger(Flight.class);
    /** How long records, checkpoints and commands may wait for a flight controller that is silent. */
    private static final Duration PATIENCE = Duration.ofMillis(10);

    private final AirframeAgent agent;
    private final FlightController controller;
    private final LongSupplier flightTimeNanos;
    private final Runnable firstSigned;
    private final VehicleSample state = new VehicleSample();
    private boolean anySigned;
    private long ignored;

    /** @param firstSigned told once, when a sample is under a signed checkpoint */
    Flight(AirframeAgent agent, FlightController controller, LongSupplier flightTimeNanos, Runnable firstSigned) {
        this.agent = agent;
        this.controller = controller;
        this.flightTimeNanos = flightTimeNanos;
        this.firstSigned = firstSigned;
    }

    /**
     * Until the flight controller's output ends or the caller says so; the log is closed in either case.
     *
     * @throws io.kryla.keys.KrylaException CONTROLLER_MALFORMED, CONTROLLER_LOST; the log is closed as aborted before it
     */
    ClosedLog fly(BooleanSupplier asked, Duration timeToClose) {
        LogCloseReason reason = LogCloseReason.LOG_CLOSE_REASON_ABORTED;
        try {
            while (!asked.getAsBoolean() && !controller.ended()) {
                controller.next(PATIENCE).ifPresent(this::take);
                agent.advanceTo(flightTimeNanos.getAsLong());
                agent.pollCommand().ifPresent(this::pass);
                if (!anySigned && agent.telemetrySigned()) {
                    anySigned = true;
                    firstSigned.run();
                }
            }
            reason = LogCloseReason.LOG_CLOSE_REASON_FLIGHT_ENDED;
        } finally {
            if (reason == LogCloseReason.LOG_CLOSE_REASON_ABORTED) {
                agent.closeLog(reason, timeToClose);
            }
        }
        return agent.closeLog(reason, timeToClose);
    }

    /** Samples that were not taken. */
    long ignored() {
        return ignored;
    }

    /** What makes no sense is not worth the end of a flight's telemetry: it is left out and said. */
    private void take(Sample sample) {
        try {
            if (sample.hasCommandEvent()) {
                answer(sample.getCommandEvent());
            } else if (sample.hasVehicleState()) {
                agent.publish(state.set(sample).flightTimeNanos(flightTimeNanos.getAsLong()));
            } else {
                agent.publish(sample.toBuilder()
                        .setFlightTimeNanos(flightTimeNanos.getAsLong())
                        .build());
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            ignored++;
            LOG.warn("a sample of the flight controller is left out, the {}. one: {}", ignored, e.getMessage());
        }
    }

    private void pass(ReceivedCommand received) {
        if (!controller.send(received.command())) {
            agent.report(received.id(), CommandStage.COMMAND_STAGE_REFUSED, "CONTROLLER_BUSY");
        }
    }

    private void answer(CommandEvent event) {
        byte[] id = event.getCommandId().toByteArray();
        if (event.getStage() == CommandStage.COMMAND_STAGE_PROGRESS) {
            agent.reportProgress(id, event.getProgressRatio());
        } else {
            agent.report(id, event.getStage(), event.getCode());
        }
    }
}
