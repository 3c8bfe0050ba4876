package io.kryla.ground.stream;

/** What becomes of samples that a subscriber is too slow for. */
public enum Overflow {
    /** Only the newest is kept. */
    LATEST,
    /** The newest n are kept, older ones are dropped. */
    BUFFER,
    /** Nothing is dropped: the subscription fails when more than n wait. */
    FAIL
}
