package io.kryla.airframe;

import io.kryla.sframe.RejectCounters;
import io.kryla.v1.ReceiverJoined;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What flight thread and link thread hand each other; each method names who calls it. */
final class FlightLinkExchange {
    private final SentRecords records = new SentRecords();
    private final SentCheckpoints checkpoints = new SentCheckpoints();
    private final CommandDesk commands;
    private final RejectCounters rejections = new RejectCounters();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Optional<ReceiverJoined> join = Optional.empty();
    private boolean joinLogged;
    private boolean logClosed;
    private boolean sessionUp;
    private long acknowledgedLeaves;
    private long attestedSize;
    private Runnable wakeLink = () -> {};

    FlightLinkExchange(CommandDesk commands) {
        this.commands = commands;
    }

    SentRecords records() {
        return records;
    }

    SentCheckpoints checkpoints() {
        return checkpoints;
    }

    CommandDesk commands() {
        return commands;
    }

    /** Link thread counts, any thread reads. */
    RejectCounters rejections() {
        return rejections;
    }

    /** Flight thread: something new to send. */
    void announce() {
        Runnable wake;
        lock.lock();
        try {
            wake = wakeLink;
        } finally {
            lock.unlock();
        }
        wake.run();
    }

    /** Link thread: a receiver is there; nothing goes to it before the flight thread has logged it. */
    void sessionStarted(ReceiverJoined joined, Runnable wake) {
        lock.lock();
        try {
            join = Optional.of(joined);
            joinLogged = logClosed;
            sessionUp = true;
            acknowledgedLeaves = 0;
            attestedSize = 0;
            wakeLink = wake;
        } finally {
            lock.unlock();
        }
    }

    /** Link thread. */
    void sessionEnded() {
        lock.lock();
        try {
            join = Optional.empty();
            sessionUp = false;
            wakeLink = () -> {};
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean sessionUp() {
        lock.lock();
        try {
            return sessionUp;
        } finally {
            lock.unlock();
        }
    }

    /** Flight thread: the receiver to log, each once. */
    Optional<ReceiverJoined> takeJoin() {
        lock.lock();
        try {
            Optional<ReceiverJoined> taken = join;
            join = Optional.empty();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Flight thread, after the leaf is in the log. */
    void joinLogged() {
        lock.lock();
        try {
            joinLogged = true;
        } finally {
            lock.unlock();
        }
        announce();
    }

    /** Flight thread: nothing more will be logged, so a receiver that comes now gets what there is. */
    void logClosed() {
        lock.lock();
        try {
            logClosed = true;
            joinLogged = true;
        } finally {
            lock.unlock();
        }
    }

    /** Link thread. */
    boolean isJoinLogged() {
        lock.lock();
        try {
            return joinLogged;
        } finally {
            lock.unlock();
        }
    }

    /** Link thread. Returns whether anything new was acknowledged. */
    boolean acknowledged(long leaves, long attested) {
        lock.lock();
        try {
            boolean progress = leaves > acknowledgedLeaves || attested > attestedSize;
            acknowledgedLeaves = Math.max(acknowledgedLeaves, leaves);
            attestedSize = Math.max(attestedSize, attested);
            changed.signalAll();
            return progress;
        } finally {
            lock.unlock();
        }
    }

    long acknowledgedLeaves() {
        lock.lock();
        try {
            return acknowledgedLeaves;
        } finally {
            lock.unlock();
        }
    }

    long attestedSize() {
        lock.lock();
        try {
            return attestedSize;
        } finally {
            lock.unlock();
        }
    }

    /** Flight thread: waits until so many leaves are acknowledged and attested; false when it cannot come to that. */
    boolean awaitAcknowledged(long leaves, long attested, Duration wall) {
        lock.lock();
        try {
            long left = wall.toNanos();
            while (acknowledgedLeaves < leaves || attestedSize < attested) {
                if (left <= 0 || !sessionUp) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
