package io.kryla.airframe;

import io.kryla.v1.ReceiverJoined;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;

/**
 * The receivers of all sessions that are up. Link threads let them in and out; the flight thread logs those that joined, and
 * waits for the leading one alone: the ground that was there first. So no other can hold the flight up.
 */
final class Receivers {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Receiver> present = new ArrayList<>();
    /** Who led before nobody was there; at first somebody who has nothing. */
    private Receiver lastLeader;

    private boolean logsClosed;
    private volatile boolean someJoined;

    /** @param first the log that a flight without receivers counts by */
    Receivers(LogOutbox first) {
        this.lastLeader = new Receiver(first, Integer.MAX_VALUE, Optional.empty(), lock, changed);
    }

    /** Link thread: a receiver is there; nothing goes to it before the flight thread has logged it. */
    Receiver enter(LogOutbox log, int seat, ReceiverJoined joined) {
        lock.lock();
        try {
            Optional<ReceiverJoined> toLog = logsClosed ? Optional.empty() : Optional.of(joined);
            Receiver receiver = new Receiver(log, seat, toLog, lock, changed);
            present.add(receiver);
            someJoined = !logsClosed;
            changed.signalAll();
            return receiver;
        } finally {
            lock.unlock();
        }
    }

    /** Link thread. */
    void leave(Receiver receiver) {
        lock.lock();
        try {
            leader().ifPresent(leader -> lastLeader = leader);
            present.remove(receiver);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Flight thread: nothing more will be logged, so a receiver that comes now gets what there is. */
    void logsClosed() {
        List<Receiver> waiting;
        lock.lock();
        try {
            logsClosed = true;
            someJoined = false;
            waiting = List.copyOf(present);
        } finally {
            lock.unlock();
        }
        waiting.forEach(Receiver::joinLogged);
    }

    /** Flight thread: those that may have to be logged. Costs nothing when nobody joined. */
    List<Receiver> takeJoined() {
        if (!someJoined) {
            return List.of();
        }
        someJoined = false;
        return present();
    }

    List<Receiver> present() {
        lock.lock();
        try {
            return List.copyOf(present);
        } finally {
            lock.unlock();
        }
    }

    boolean anyPresent() {
        lock.lock();
        try {
            return !present.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Flight thread: waits until the leading receiver has acknowledged and attested so much of its log; false when the time
     * passes, or when nobody is there and who led last had not.
     *
     * @param onJoined called when a receiver joins meanwhile: it may be the next to lead, and is sent nothing before it is logged
     */
    boolean awaitLeader(
            ToLongFunction<LogOutbox> leaves, ToLongFunction<LogOutbox> attested, Duration wall, Runnable onJoined) {
        long left = wall.toNanos();
        lock.lock();
        try {
            while (true) {
                Receiver first = leader().orElse(lastLeader);
                if (first.acknowledgedLeaves() >= leaves.applyAsLong(first.log())
                        && first.attestedSize() >= attested.applyAsLong(first.log())) {
                    return true;
                }
                if (someJoined) {
                    unlocked(onJoined);
                } else if (left <= 0 || present.isEmpty()) {
                    return false;
                } else {
                    left = changed.awaitNanos(left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void unlocked(Runnable call) {
        lock.unlock();
        try {
            call.run();
        } finally {
            lock.lock();
        }
    }

    /** The earliest seat; of two sessions in one seat, the one that is further. */
    private Optional<Receiver> leader() {
        return present.stream()
                .min(Comparator.comparingInt(Receiver::seat)
                        .thenComparing(Comparator.comparingLong(Receiver::acknowledgedLeaves)
                                .reversed()));
    }
}
