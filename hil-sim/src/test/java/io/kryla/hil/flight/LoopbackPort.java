package io.kryla.hil.flight;

import com.google.protobuf.ByteString;
import io.kryla.airframe.ClosedLog;
import io.kryla.airframe.ReceivedCommand;
import io.kryla.keys.Digest;
import io.kryla.keys.Signature;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.v1.Command;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.CommandStage;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.LogClosed;
import io.kryla.v1.LogOpened;
import io.kryla.v1.Sample;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** Stands for agent, session and ground: a command that the pilot sends has arrived at once, samples are kept. */
final class LoopbackPort implements AirframePort, Pilot {
    final List<Sample> samples = new ArrayList<>();
    final List<Command> sent = new ArrayList<>();
    private final Queue<ReceivedCommand> arrived = new ArrayDeque<>();
    boolean losesCommands;
    boolean stalls;
    boolean staysOpen;
    private long nowNanos;

    LoopbackPort() {
        restart();
    }

    /** Another boot: an empty log. */
    void restart() {
        samples.clear();
        nowNanos = 0;
        samples.add(
                Sample.newBuilder().setLogOpened(LogOpened.getDefaultInstance()).build());
    }

    /** A command from elsewhere than the plan. */
    void arrive(Command command) {
        arrived.add(new ReceivedCommand(command, Digest.sha256()));
    }

    @Override
    public void send(Command command) {
        sent.add(command);
        if (!losesCommands) {
            arrive(command);
        }
    }

    @Override
    public void publish(Sample sample) {
        advanceTo(sample.getFlightTimeNanos());
        samples.add(sample);
    }

    @Override
    public void advanceTo(long flightTimeNanos) {
        if (flightTimeNanos < nowNanos) {
            throw new IllegalArgumentException("flightTimeNanos goes back: " + flightTimeNanos);
        }
        nowNanos = flightTimeNanos;
    }

    @Override
    public boolean awaitRoom(Duration wall) {
        return !stalls;
    }

    @Override
    public Optional<ReceivedCommand> pollCommand() {
        return Optional.ofNullable(arrived.poll());
    }

    @Override
    public Optional<ReceivedCommand> awaitCommand(byte[] commandId, Duration wall) {
        var id = ByteString.copyFrom(commandId);
        var found = arrived.stream()
                .filter(command -> command.command().getId().equals(id))
                .findFirst();
        found.ifPresent(arrived::remove);
        return found;
    }

    @Override
    public void report(byte[] commandId, CommandStage stage, String code) {
        samples.add(Sample.newBuilder()
                .setFlightTimeNanos(nowNanos)
                .setCommandEvent(CommandEvent.newBuilder()
                        .setCommandId(ByteString.copyFrom(commandId))
                        .setStage(stage)
                        .setCode(code))
                .build());
    }

    @Override
    public void reportProgress(byte[] commandId, float ratio) {
        samples.add(Sample.newBuilder()
                .setFlightTimeNanos(nowNanos)
                .setCommandEvent(CommandEvent.newBuilder()
                        .setCommandId(ByteString.copyFrom(commandId))
                        .setStage(CommandStage.COMMAND_STAGE_PROGRESS)
                        .setProgressRatio(ratio))
                .build());
    }

    @Override
    public ClosedLog closeLog(LogCloseReason reason, Duration wall) {
        samples.add(Sample.newBuilder()
                .setFlightTimeNanos(nowNanos)
                .setLogClosed(LogClosed.newBuilder().setReason(reason))
                .build());
        var origin = new FlightOrigin("example.org/flight/TST5A0001", 1, "flight");
        var head = new FlightCheckpoint(origin, samples.size(), Digest.sha256(), Signature.of(new byte[64]));
        return new ClosedLog(head, !staysOpen);
    }
}
