package io.kryla.airframe;

import java.time.Duration;

/**
 * When to repeat what was not acknowledged: soon at first, then at doubling intervals, soon again after progress. On the
 * link clock. Not thread-safe.
 */
final class RepeatTimer {
    static final long LONGEST_NANOS = 1_000_000_000L;

    private final long firstNanos;
    private final long longestNanos;
    private long intervalNanos;
    private long dueAtNanos;
    private boolean running;

    RepeatTimer(Duration first) {
        firstNanos = first.toNanos();
        longestNanos = Math.max(LONGEST_NANOS, 4 * firstNanos);
        intervalNanos = firstNanos;
    }

    /** Starts the timer unless it runs. */
    void start(long nowNanos) {
        if (!running) {
            running = true;
            dueAtNanos = nowNanos + intervalNanos;
        }
    }

    /** Progress, or nothing left to repeat. */
    void reset() {
        running = false;
        intervalNanos = firstNanos;
    }

    /** True once each time the interval has passed; the next one is twice as long. */
    boolean fires(long nowNanos) {
        if (!running || nowNanos - dueAtNanos < 0) {
            return false;
        }
        intervalNanos = Math.min(2 * intervalNanos, longestNanos);
        dueAtNanos = nowNanos + intervalNanos;
        return true;
    }

    long nanosUntilDue(long nowNanos) {
        return running ? Math.max(0, dueAtNanos - nowNanos) : LONGEST_NANOS;
    }
}
