package io.kryla.radio.stream;

/**
 * How long to wait for an acknowledgement (RFC 6298 §2, §5): smoothed round trip plus four times its variation, doubled at
 * each time-out until an answer comes. Only segments that were sent once are measured (Karn). Not thread-safe.
 */
final class RoundTrip {
    private final StreamTimes times;
    private long smoothedNanos;
    private long variationNanos;
    private long leastNanos = Long.MAX_VALUE;
    private int doublings;

    RoundTrip(StreamTimes times) {
        this.times = times;
    }

    void measured(long nanos) {
        long sample = Math.max(1, nanos);
        if (leastNanos == Long.MAX_VALUE) {
            smoothedNanos = sample;
            variationNanos = sample / 2;
        } else {
            variationNanos += (Math.abs(smoothedNanos - sample) - variationNanos) / 4;
            smoothedNanos += (sample - smoothedNanos) / 8;
        }
        leastNanos = Math.min(leastNanos, sample);
        doublings = 0;
    }

    /** The peer answered, though to nothing that can be measured. */
    void answered() {
        doublings = 0;
    }

    void timedOut() {
        doublings++;
    }

    long timeoutNanos() {
        long base = leastNanos == Long.MAX_VALUE
                ? times.firstTimeout().toNanos()
                : Math.max(times.leastTimeout().toNanos(), smoothedNanos + 4 * variationNanos);
        long longest = times.longestTimeout().toNanos();
        return doublings >= Long.numberOfLeadingZeros(base) ? longest : Math.min(longest, base << doublings);
    }

    /** Whether an answer so long after a sending can be to that sending. */
    boolean plausible(long nanos) {
        return leastNanos != Long.MAX_VALUE && nanos >= leastNanos;
    }
}
