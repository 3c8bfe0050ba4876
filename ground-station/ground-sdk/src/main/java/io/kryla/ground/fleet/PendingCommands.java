package io.kryla.ground.fleet;

import com.google.protobuf.ByteString;
import io.kryla.ground.metrics.GroundMeters;
import io.kryla.ground.metrics.GroundMetric;
import io.kryla.keys.KrylaException;
import io.kryla.v1.Command;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.Sample;
import io.kryla.v1.TelemetryRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one flight log: sent again until the log shows an answer, followed to their end, and remembered, so that
 * an id that was answered already is answered at once. Any thread.
 */
final class PendingCommands {
    /** Ticks of 20 ms between two transmissions. */
    static final int RETRANSMIT_TICKS = 10;
    /** As many as the airframe remembers. */
    private static final int MOST_REMEMBERED = 1_024;

    private static final int MOST_WAITED_FOR = 256;

    private final Map<ByteString, CommandStory> stories = new LinkedHashMap<>();
    private final List<CommandStory> waitedFor = new ArrayList<>();
    private final Executor delivery;
    private final GroundMeters meters;
    private int repeatTicks = RETRANSMIT_TICKS;
    private boolean abandoned;

    PendingCommands(Executor delivery, GroundMeters meters) {
        this.delivery = delivery;
        this.meters = meters;
    }

    /**
     * Sends it at the next {@link #transmit} and again until it is answered. The same command again is the one that is on its
     * way already.
     *
     * @throws IllegalArgumentException if another command of that id was sent before
     * @throws KrylaException COMMANDS_BUSY
     */
    synchronized SentCommand add(Command command, long nowTick, long answerTicks, long outcomeTicks) {
        CommandStory story = stories.get(command.getId());
        SentCommand earlier = story == null ? null : story.sent();
        if (earlier != null) {
            if (!earlier.command().equals(command)) {
                throw new IllegalArgumentException("command: its id was used for another one of this boot");
            }
            return earlier;
        }
        if (story == null) {
            if (waitedFor.size() >= MOST_WAITED_FOR) {
                throw new KrylaException(
                        "COMMANDS_BUSY",
                        MOST_WAITED_FOR + " commands to this airframe are under way; wait for their outcome",
                        true);
            }
            story = remember(command.getId());
        }
        SentCommand sent = new SentCommand(command, delivery);
        meters.counter(GroundMetric.COMMANDS_SENT).increment();
        var unused = sent.answer()
                .thenAccept(answer -> meters.counter(GroundMetric.COMMANDS_ANSWERED, answer.label())
                        .increment());
        story.attach(sent, nowTick, answerTicks, outcomeTicks);
        if (abandoned) {
            story.silence(Silence.LINK_CLOSED);
        }
        if (story.waitedFor()) {
            waitedFor.add(story);
        }
        return sent;
    }

    /** The command of that id which was sent from here. */
    synchronized @Nullable SentCommand sent(ByteString id) {
        CommandStory story = stories.get(id);
        return story == null ? null : story.sent();
    }

    /** How long an unanswered command waits before it is sent again; {@link #RETRANSMIT_TICKS} unless said otherwise. */
    synchronized void repeatEvery(int ticks) {
        repeatTicks = ticks;
    }

    /** Whether any is on its way. */
    synchronized boolean waiting() {
        return !waitedFor.isEmpty();
    }

    void transmit(long nowTick, Consumer<Command> sender) {
        List<Command> due = new ArrayList<>();
        synchronized (this) {
            if (waitedFor.isEmpty()) {
                return;
            }
            waitedFor.forEach(story -> story.passTime(nowTick));
            waitedFor.removeIf(story -> !story.waitedFor());
            for (CommandStory story : waitedFor) {
                SentCommand sent = story.sent();
                if (sent != null && story.transmits(nowTick, repeatTicks)) {
                    due.add(sent.command());
                }
            }
        }
        due.forEach(sender);
    }

    /** Takes what a record says of commands, whoever sent them. */
    void observe(TelemetryRecord record) {
        for (Sample sample : record.getSamplesList()) {
            if (sample.getBodyCase() == Sample.BodyCase.COMMAND_EVENT) {
                observe(sample.getCommandEvent(), record.getLeafIndex());
            }
        }
    }

    private synchronized void observe(CommandEvent event, long leafIndex) {
        CommandStory story = stories.get(event.getCommandId());
        if (story == null) {
            story = remember(event.getCommandId());
        }
        story.observe(event, leafIndex);
    }

    private CommandStory remember(ByteString id) {
        if (stories.size() >= MOST_REMEMBERED) {
            Iterator<CommandStory> oldestFirst = stories.values().iterator();
            while (oldestFirst.hasNext()) {
                if (!oldestFirst.next().waitedFor()) {
                    oldestFirst.remove();
                    break;
                }
            }
        }
        CommandStory story = new CommandStory();
        stories.put(id, story);
        return story;
    }

    synchronized void abandon() {
        abandoned = true;
        waitedFor.forEach(story -> story.silence(Silence.LINK_CLOSED));
        waitedFor.clear();
    }
}
