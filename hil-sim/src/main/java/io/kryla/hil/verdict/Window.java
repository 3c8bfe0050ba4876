package io.kryla.hil.verdict;

/** A stretch of flight time, both ends inclusive. */
record Window(long fromNanos, long toNanos) {}
