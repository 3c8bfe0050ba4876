package io.kryla.ground.record;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** When the next record is due: a flight clock that can be paused, sped up and set. Any thread. */
final class ReplayPace {
    /** Longest wait between two looks at the clock, and shortest while a slow subscriber is waited for. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long ROOM_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /** What to do with a record. */
    enum Turn {
        DELIVER,
        /** It lies before the time that was sought. */
        PASS_OVER,
        /** Read no further: closed, or to begin again. */
        STOP
    }

    private final LongSupplier monotonicNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private double factor = ReplaySpeed.REAL.factor();
    private boolean paused = true;
    private boolean closed;
    private boolean again;
    private long anchorFlightNanos;
    private long anchorMachineNanos;
    private long fromNanos;
    private long positionNanos;

    ReplayPace(LongSupplier monotonicNanos) {
        this.monotonicNanos = monotonicNanos;
        anchorMachineNanos = monotonicNanos.getAsLong();
    }

    /** Waits until the record of that time is due and there is room for it. */
    Turn await(long flightNanos, BooleanSupplier room) throws InterruptedException {
        lock.lock();
        try {
            boolean waitedForRoom = false;
            while (true) {
                if (closed || again) {
                    return Turn.STOP;
                }
                if (flightNanos < fromNanos) {
                    return Turn.PASS_OVER;
                }
                long wait = paused ? LOOK_NANOS : machineNanosUntil(flightNanos);
                if (wait <= 0 && room.getAsBoolean()) {
                    if (waitedForRoom) {
                        anchor(flightNanos); // what was lost to a subscriber is not made up for in a rush
                    }
                    positionNanos = flightNanos;
                    return Turn.DELIVER;
                }
                waitedForRoom |= wait <= 0;
                changed.awaitNanos(wait <= 0 ? ROOM_NANOS : Math.min(wait, LOOK_NANOS));
            }
        } finally {
            lock.unlock();
        }
    }

    private long machineNanosUntil(long flightNanos) {
        return Double.isInfinite(factor)
                ? 0
                : (long) ((flightNanos - anchorFlightNanos) / factor)
                        - (monotonicNanos.getAsLong() - anchorMachineNanos);
    }

    /** Where the clock stands. Under the lock. */
    private long nowFlightNanos() {
        if (paused) {
            return anchorFlightNanos;
        }
        return Double.isInfinite(factor)
                ? positionNanos
                : anchorFlightNanos + (long) ((monotonicNanos.getAsLong() - anchorMachineNanos) * factor);
    }

    private void anchor(long flightNanos) {
        anchorFlightNanos = flightNanos;
        anchorMachineNanos = monotonicNanos.getAsLong();
    }

    void play(ReplaySpeed speed) {
        change(() -> {
            anchor(nowFlightNanos());
            factor = speed.factor();
            paused = false;
        });
    }

    void pause() {
        change(() -> {
            anchor(nowFlightNanos());
            paused = true;
        });
    }

    void seek(long flightNanos) {
        change(() -> {
            again |= flightNanos <= positionNanos;
            fromNanos = flightNanos;
            positionNanos = flightNanos;
            anchor(flightNanos);
        });
    }

    void close() {
        change(() -> closed = true);
    }

    private void change(Runnable step) {
        lock.lock();
        try {
            step.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether reading goes on from where it is. */
    boolean goesOn() {
        lock.lock();
        try {
            return !closed && !again;
        } finally {
            lock.unlock();
        }
    }

    /** Whether to read from the beginning once more; asked when a reading has ended, and answered with yes once. */
    boolean beginsAgain() {
        lock.lock();
        try {
            boolean answer = again && !closed;
            again = false;
            return answer;
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    long positionNanos() {
        lock.lock();
        try {
            return positionNanos;
        } finally {
            lock.unlock();
        }
    }
}
