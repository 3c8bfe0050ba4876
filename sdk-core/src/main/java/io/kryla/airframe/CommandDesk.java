package io.kryla.airframe;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.v1.Command;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.CommandStage;
import io.kryla.v1.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Takes commands from the link thread and gives each to the flight thread once, however often it arrives (protocol.md §7).
 * What it cannot hold is dropped like a lost datagram: the ground repeats until it sees the command's event in the log.
 */
final class CommandDesk {
    static final int ID_BYTES = 16;
    /** So that the event that logs the command fits into one record beside id, hash, stage and code. */
    static final int MAX_COMMAND_BYTES = 960;

    static final int MAX_CODE_LENGTH = 64;
    private static final int MOST_WAITING = 64;
    /** Commands remembered, the running ones among them; those that ended longest ago are forgotten first. */
    private static final int MOST_REMEMBERED = 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Map<ByteString, CommandEntry> entries = new LinkedHashMap<>();
    private final List<CommandEvent> refusals = new ArrayList<>();
    private final boolean parametersHere;
    private int waiting;
    /** Whether a command waits or a refusal does, so that the flight thread takes no lock ahead of every sample. */
    private volatile boolean somethingWaits;

    /** @param parametersHere whether the airframe can read and write its parameters in flight */
    CommandDesk(boolean parametersHere) {
        this.parametersHere = parametersHere;
    }

    /** Link thread. Returns whether the bytes were a command at all. */
    boolean receive(byte[] commandBytes, GroundAuthority authority) {
        Command command;
        try {
            command = Command.parseFrom(commandBytes);
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
        if (command.getId().size() != ID_BYTES) {
            return false;
        }
        lock.lock();
        try {
            if (entries.containsKey(command.getId()) || waiting >= MOST_WAITING || !makeRoom()) {
                return true;
            }
            CommandEntry entry = new CommandEntry(
                    new ReceivedCommand(command, authority.certificateSha256()), ByteString.copyFrom(commandBytes));
            entries.put(command.getId(), entry);
            Optional<String> refusal = refusal(command.getActionCase(), commandBytes.length, authority);
            if (refusal.isPresent()) {
                refusals.add(entry.refuse(refusal.get()));
            } else {
                waiting++;
                arrived.signalAll();
            }
            somethingWaits = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private Optional<String> refusal(Command.ActionCase action, int length, GroundAuthority authority) {
        if (length > MAX_COMMAND_BYTES) {
            return Optional.of("TOO_LARGE");
        }
        if (action == Command.ActionCase.ACTION_NOT_SET || (CommandRights.isMaintenance(action) && !parametersHere)) {
            return Optional.of("UNKNOWN_ACTION");
        }
        return CommandRights.permit(authority.role(), action) ? Optional.empty() : Optional.of("NOT_AUTHORISED");
    }

    /** Flight thread: events of commands that were refused before anyone took them, those that have expired among them. */
    List<CommandEvent> takeRefusals(long flightTimeNanos) {
        if (!somethingWaits) {
            return List.of();
        }
        lock.lock();
        try {
            for (CommandEntry entry : entries.values()) {
                if (waiting > 0 && entry.waiting() && entry.expired(flightTimeNanos)) {
                    waiting--;
                    refusals.add(entry.refuse("EXPIRED"));
                }
            }
            List<CommandEvent> taken = List.copyOf(refusals);
            refusals.clear();
            somethingWaits = waiting > 0;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Flight thread: the next command for the autopilot. */
    Optional<ReceivedCommand> poll() {
        return takeNext(false);
    }

    /** Flight thread: the next command that the agent answers itself. */
    Optional<ReceivedCommand> pollMaintenance() {
        return takeNext(true);
    }

    private Optional<ReceivedCommand> takeNext(boolean maintenance) {
        if (!somethingWaits) {
            return Optional.empty();
        }
        lock.lock();
        try {
            return entries.values().stream()
                    .filter(CommandEntry::waiting)
                    .filter(entry -> CommandRights.isMaintenance(entry.command().getActionCase()) == maintenance)
                    .findFirst()
                    .map(this::take);
        } finally {
            lock.unlock();
        }
    }

    /** Flight thread: waits for that command; one that has expired by then is left to be refused. */
    Optional<ReceivedCommand> await(ByteString id, long flightTimeNanos, Duration wall) {
        lock.lock();
        try {
            long left = wall.toNanos();
            while (true) {
                CommandEntry entry = entries.get(id);
                if (entry != null && entry.waiting() && !entry.expired(flightTimeNanos)) {
                    return Optional.of(take(entry));
                }
                if (left <= 0) {
                    return Optional.empty();
                }
                left = arrived.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Flight thread: moves a taken command on and returns the event to log. */
    CommandEvent report(ByteString id, CommandStage stage, String code) {
        return move(id, entry -> entry.report(stage, code));
    }

    /** Flight thread: as {@link #report}, at stage PROGRESS. */
    CommandEvent progress(ByteString id, float ratio) {
        return move(id, entry -> entry.progress(ratio));
    }

    /** Flight thread: as {@link #report} at stage COMPLETED, with the parameters that were asked for. */
    CommandEvent complete(ByteString id, List<Parameter> parameters) {
        return move(id, entry -> entry.complete(parameters));
    }

    private CommandEvent move(ByteString id, Function<CommandEntry, CommandEvent> step) {
        lock.lock();
        try {
            CommandEntry entry = entries.get(id);
            if (entry == null) {
                throw new IllegalArgumentException("commandId: none that was received has the id " + hex(id));
            }
            return step.apply(entry);
        } finally {
            lock.unlock();
        }
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private ReceivedCommand take(CommandEntry entry) {
        waiting--;
        return entry.take();
    }

    private boolean makeRoom() {
        if (entries.size() < MOST_REMEMBERED) {
            return true;
        }
        Iterator<CommandEntry> oldestFirst = entries.values().iterator();
        while (oldestFirst.hasNext()) {
            if (oldestFirst.next().ended()) {
                oldestFirst.remove();
                return true;
            }
        }
        return false;
    }
}
