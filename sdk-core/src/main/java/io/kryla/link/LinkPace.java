package io.kryla.link;

import java.time.Duration;

/**
 * How a path wants to be used by who repeats what was lost.
 *
 * @param roundTrip nothing is repeated, nor the same asked for again, sooner than this
 * @param window datagrams that are under way unacknowledged at most
 * @param repeated datagrams repeated at once when nothing was heard
 * @param requested datagrams sent at most in answer to one request
 * @param datagramBytes of the longest datagram that it carries
 */
public record LinkPace(Duration roundTrip, int window, int repeated, int requested, int datagramBytes) {
    /** A network: what is lost is noticed within 40 ms, and bandwidth is no question. */
    public static final LinkPace NETWORK = new LinkPace(Duration.ofMillis(40), 256, 8, 256, 1_170);

    /** Header, kind, checkpoint, tag. */
    private static final int LEAST_DATAGRAM_BYTES = 12 + 1 + 104 + 16;

    public LinkPace {
        if (roundTrip.isNegative() || roundTrip.isZero() || window < 1 || repeated < 1 || requested < 1) {
            throw new IllegalArgumentException(
                    "a pace is positive: " + roundTrip + ", " + window + ", " + repeated + ", " + requested);
        }
        if (datagramBytes < LEAST_DATAGRAM_BYTES) {
            throw new IllegalArgumentException(
                    "datagramBytes is " + datagramBytes + ", a checkpoint takes " + LEAST_DATAGRAM_BYTES);
        }
    }
}
