package io.kryla.ground.fleet;

import com.google.protobuf.ByteString;
import io.kryla.v1.Command;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.CommandStage;
import io.kryla.v1.Sample;
import io.kryla.v1.TelemetryRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Commands that were sent and not answered yet: sent again until the flight log shows the answer. One owner. */
final class PendingCommands {
    /** Ticks of 20 ms between two transmissions. */
    static final int RETRANSMIT_TICKS = 10;

    private final Map<ByteString, Pending> pending = new LinkedHashMap<>();

    private static final class Pending {
        private final Command command;
        private final CompletableFuture<CommandOutcome> outcome;
        private final long lastTick;
        private long nextTick;

        Pending(Command command, CompletableFuture<CommandOutcome> outcome, long nextTick, long lastTick) {
            this.command = command;
            this.outcome = outcome;
            this.nextTick = nextTick;
            this.lastTick = lastTick;
        }
    }

    /** Sends it at the next {@link #transmit} and again until it is answered or the deadline tick has come. */
    void add(Command command, CompletableFuture<CommandOutcome> outcome, long nowTick, long deadlineTick) {
        pending.put(command.getId(), new Pending(command, outcome, nowTick, deadlineTick));
    }

    void transmit(long nowTick, Consumer<Command> sender) {
        List<Pending> expired = new ArrayList<>();
        for (Pending waiting : pending.values()) {
            if (nowTick >= waiting.lastTick) {
                expired.add(waiting);
            } else if (nowTick >= waiting.nextTick) {
                waiting.nextTick = nowTick + RETRANSMIT_TICKS;
                sender.accept(waiting.command);
            }
        }
        for (Pending late : expired) {
            pending.remove(late.command.getId());
            late.outcome.complete(new CommandOutcome.NoAnswer(CommandOutcome.Reason.DEADLINE));
        }
    }

    void observe(TelemetryRecord record) {
        if (pending.isEmpty()) {
            return;
        }
        for (Sample sample : record.getSamplesList()) {
            if (sample.getBodyCase() == Sample.BodyCase.COMMAND_EVENT) {
                observe(sample.getCommandEvent(), record.getLeafIndex());
            }
        }
    }

    private void observe(CommandEvent event, long leafIndex) {
        boolean refused = event.getStage() == CommandStage.COMMAND_STAGE_REFUSED;
        boolean answer = refused || event.getStage() == CommandStage.COMMAND_STAGE_ACCEPTED;
        Pending waiting = answer ? pending.remove(event.getCommandId()) : null;
        if (waiting != null) {
            waiting.outcome.complete(
                    refused
                            ? new CommandOutcome.Refused(event.getCode(), leafIndex)
                            : new CommandOutcome.Accepted(leafIndex));
        }
    }

    void abandon() {
        pending.values()
                .forEach(waiting ->
                        waiting.outcome.complete(new CommandOutcome.NoAnswer(CommandOutcome.Reason.LINK_CLOSED)));
        pending.clear();
    }
}
