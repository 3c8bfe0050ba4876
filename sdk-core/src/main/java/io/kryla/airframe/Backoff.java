package io.kryla.airframe;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long each time, up to a minute, and somewhere in the upper half of that, so
 * that airframes which lost their ground together do not come back together. Not thread-safe.
 */
final class Backoff {
    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofSeconds(60);

    private final RandomGenerator chance;
    private long ceilingNanos = FIRST.toNanos();

    Backoff(RandomGenerator chance) {
        this.chance = chance;
    }

    /** The wait before the next attempt. */
    long nextNanos() {
        long half = ceilingNanos / 2;
        ceilingNanos = Math.min(2 * ceilingNanos, LONGEST.toNanos());
        return half + chance.nextLong(half + 1);
    }

    /** After a session that lasted: the next attempt comes soon again. */
    void reset() {
        ceilingNanos = FIRST.toNanos();
    }
}
