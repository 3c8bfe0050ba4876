package io.kryla.airframe;

import io.kryla.v1.ReceiverJoined;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How far one session's receiver has got in its log. The lock is that of all {@link Receivers}, so that a flight thread can
 * wait for any of them.
 */
final class Receiver {
    private final LogOutbox log;
    private final int seat;
    private final ReentrantLock lock;
    private final Condition changed;
    private Optional<ReceiverJoined> join;
    private boolean joinLogged;
    private long acknowledgedLeaves;
    private long attestedSize;

    /** @param seat lower for grounds that were there earlier; a session that takes over from another has its seat */
    Receiver(LogOutbox log, int seat, Optional<ReceiverJoined> join, ReentrantLock lock, Condition changed) {
        this.log = log;
        this.seat = seat;
        this.join = join;
        this.joinLogged = join.isEmpty();
        this.lock = lock;
        this.changed = changed;
    }

    LogOutbox log() {
        return log;
    }

    int seat() {
        return seat;
    }

    /** Flight thread: what to log of this receiver, once. */
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
        log.announce();
    }

    /** Link thread: whether anything of the log may be sent. */
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
}
