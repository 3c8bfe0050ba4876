package io.kryla.airframe;

/**
 * What a log keeps for grounds that come late: the newest bodies, half as many bytes of hashes beyond them, and nothing that
 * grows with the flight.
 *
 * @param bodyBytes of all bodies together; a power of two
 */
record LogMemory(int bodyBytes) {
    /** At twenty records a second about a quarter of an hour. */
    static final LogMemory STANDARD = new LogMemory(8 << 20);

    static final int FEWEST_BODY_BYTES = 1 << 16;
    static final int MOST_BODY_BYTES = 1 << 28;

    private static final int USUAL_RECORD_BYTES = 512;
    /** A tree takes two hashes a leaf. */
    private static final int HASH_BYTES_A_LEAF = 64;

    LogMemory {
        if (bodyBytes < FEWEST_BODY_BYTES || bodyBytes > MOST_BODY_BYTES || Integer.bitCount(bodyBytes) != 1) {
            throw new IllegalArgumentException("logMemory: a power of two from " + FEWEST_BODY_BYTES + " to "
                    + MOST_BODY_BYTES + " bytes expected, got " + bodyBytes);
        }
    }

    /** Bodies at most, however short. */
    int records() {
        return bodyBytes / USUAL_RECORD_BYTES;
    }

    /** Binary logarithm of how many leaf hashes are kept beyond the bodies. */
    int hashesLevel() {
        return Integer.numberOfTrailingZeros(bodyBytes / 2 / HASH_BYTES_A_LEAF);
    }
}
