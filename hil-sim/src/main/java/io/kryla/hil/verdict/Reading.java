package io.kryla.hil.verdict;

/** A measured value in SI and the flight time of the sample that decides it. */
record Reading(double si, long timeNanos) {}
