package io.kryla.airframe;

import java.time.Duration;

/**
 * When to repeat what was not acknowledged: at first when an answer would have been here by all that was measured (RFC 6298 §2), and
 * never sooner than the path's pace; then at doubling intervals; as at first again after progress. So a ground that is late for
 * a while is not made later by repetitions of what it has. On the link clock. Not thread-safe.
 */
final class RepeatTimer {
    static final long LONGEST_NANOS = 1_000_000_000L;

    private final long soonestNanos;
    private final long longestNanos;
    private long firstNanos;
    private long intervalNanos;
    private long dueAtNanos;
    private boolean running;
    private long smoothedNanos;
    private long variationNanos;

    RepeatTimer(Duration soonest) {
        soonestNanos = soonest.toNanos();
        longestNanos = Math.max(LONGEST_NANOS, 4 * soonestNanos);
        firstNanos = soonestNanos;
        intervalNanos = firstNanos;
    }

    /** How long the answer took to something that was sent once (Karn's rule: of what was repeated nobody knows which was answered). */
    void measured(long nanos) {
        if (smoothedNanos == 0) {
            smoothedNanos = nanos;
            variationNanos = nanos / 2;
        } else {
            variationNanos += (Math.abs(smoothedNanos - nanos) - variationNanos) / 4;
            smoothedNanos += (nanos - smoothedNanos) / 8;
        }
        firstNanos = Math.max(soonestNanos, Math.min(longestNanos, smoothedNanos + 4 * variationNanos));
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
