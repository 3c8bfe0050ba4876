package io.kryla.radio.stream;

import java.time.Duration;

/**
 * How patient a stream is.
 *
 * @param firstTimeout until a segment is repeated while no round trip was measured
 * @param leastTimeout lower bound of the measured one; RFC 6298 has a second, for paths that a thousand others share
 * @param longestTimeout where doubling ends, so that a line that comes back is used soon
 * @param keepAlive a stream on which nothing was heard for so long is asked for a sign of life by the end that opened it
 * @param silence a stream on which nothing was heard for so long is broken
 */
public record StreamTimes(
        Duration firstTimeout, Duration leastTimeout, Duration longestTimeout, Duration keepAlive, Duration silence) {
    /** For a line of 57,600 baud: a frame takes 43 ms. */
    public static final StreamTimes STANDARD = new StreamTimes(
            Duration.ofMillis(1_000),
            Duration.ofMillis(250),
            Duration.ofMillis(4_000),
            Duration.ofSeconds(10),
            Duration.ofSeconds(45));

    public StreamTimes {
        if (leastTimeout.isNegative()
                || leastTimeout.isZero()
                || firstTimeout.compareTo(leastTimeout) < 0
                || longestTimeout.compareTo(firstTimeout) < 0
                || silence.compareTo(keepAlive) <= 0) {
            throw new IllegalArgumentException(
                    "times must grow from leastTimeout over firstTimeout to longestTimeout, and"
                            + " from keepAlive to silence: " + leastTimeout + ", " + firstTimeout + ", "
                            + longestTimeout + ", "
                            + keepAlive + ", " + silence);
        }
    }
}
