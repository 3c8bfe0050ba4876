package io.kryla.ground.stream;

import java.util.concurrent.atomic.LongAdder;

/** What slow subscribers lost, by policy; FAIL counts subscriptions that failed. Any thread. */
public final class DropCounters {
    private final LongAdder[] counts = new LongAdder[Overflow.values().length];

    /** All at 0. */
    public DropCounters() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    void count(Overflow policy) {
        counts[policy.ordinal()].increment();
    }

    /** How many so far. */
    public long of(Overflow policy) {
        return counts[policy.ordinal()].sum();
    }
}
