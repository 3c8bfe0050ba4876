package io.kryla.airframe;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.keys.Digest;
import io.kryla.v1.Command;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.CommandStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

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

    private enum State {
        WAITING,
        TAKEN,
        ACCEPTED,
        ENDED
    }

    private static final class Entry {
        private final ReceivedCommand received;
        private final ByteString bytes;
        private State state = State.WAITING;

        Entry(ReceivedCommand received, ByteString bytes) {
            this.received = received;
            this.bytes = bytes;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Map<ByteString, Entry> entries = new LinkedHashMap<>();
    private final List<CommandEvent> refusals = new ArrayList<>();
    private int waiting;

    /** Link thread. Returns whether the bytes were a command at all. */
    boolean receive(byte[] commandBytes, Digest groundCertificateSha256) {
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
            Entry entry =
                    new Entry(new ReceivedCommand(command, groundCertificateSha256), ByteString.copyFrom(commandBytes));
            entries.put(command.getId(), entry);
            if (commandBytes.length > MAX_COMMAND_BYTES) {
                refuse(entry, "TOO_LARGE");
            } else if (command.getActionCase() == Command.ActionCase.ACTION_NOT_SET) {
                refuse(entry, "UNKNOWN_ACTION");
            } else {
                waiting++;
                arrived.signalAll();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Flight thread: events of commands that were refused before anyone took them. */
    List<CommandEvent> takeRefusals() {
        lock.lock();
        try {
            List<CommandEvent> taken = List.copyOf(refusals);
            refusals.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    Optional<ReceivedCommand> poll() {
        lock.lock();
        try {
            return entries.values().stream()
                    .filter(entry -> entry.state == State.WAITING)
                    .findFirst()
                    .map(this::take);
        } finally {
            lock.unlock();
        }
    }

    Optional<ReceivedCommand> await(ByteString id, Duration wall) {
        lock.lock();
        try {
            long left = wall.toNanos();
            while (true) {
                Entry entry = entries.get(id);
                if (entry != null && entry.state == State.WAITING) {
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
        lock.lock();
        try {
            Entry entry = entries.get(id);
            if (entry == null || !follows(stage, entry.state)) {
                throw new IllegalArgumentException("stage " + stage + " cannot follow "
                        + (entry == null ? "a command that was never taken" : entry.state));
            }
            entry.state = stage == CommandStage.COMMAND_STAGE_ACCEPTED ? State.ACCEPTED : State.ENDED;
            return event(entry, stage, code);
        } finally {
            lock.unlock();
        }
    }

    private static boolean follows(CommandStage stage, State state) {
        return switch (stage) {
            case COMMAND_STAGE_ACCEPTED, COMMAND_STAGE_REFUSED -> state == State.TAKEN;
            case COMMAND_STAGE_COMPLETED, COMMAND_STAGE_FAILED -> state == State.ACCEPTED;
            default -> false;
        };
    }

    private ReceivedCommand take(Entry entry) {
        entry.state = State.TAKEN;
        waiting--;
        return entry.received;
    }

    private void refuse(Entry entry, String code) {
        entry.state = State.ENDED;
        refusals.add(event(entry, CommandStage.COMMAND_STAGE_REFUSED, code));
    }

    private static CommandEvent event(Entry entry, CommandStage stage, String code) {
        CommandEvent.Builder event = CommandEvent.newBuilder()
                .setCommandId(entry.received.command().getId())
                .setGroundCertificateSha256(ByteString.copyFrom(
                        entry.received.groundCertificateSha256().bytes()))
                .setStage(stage)
                .setCode(code);
        boolean first = stage == CommandStage.COMMAND_STAGE_ACCEPTED || stage == CommandStage.COMMAND_STAGE_REFUSED;
        if (first && entry.bytes.size() <= MAX_COMMAND_BYTES) {
            event.setCommand(entry.bytes);
        }
        return event.build();
    }

    private boolean makeRoom() {
        if (entries.size() < MOST_REMEMBERED) {
            return true;
        }
        Iterator<Entry> oldestFirst = entries.values().iterator();
        while (oldestFirst.hasNext()) {
            if (oldestFirst.next().state == State.ENDED) {
                oldestFirst.remove();
                return true;
            }
        }
        return false;
    }
}
