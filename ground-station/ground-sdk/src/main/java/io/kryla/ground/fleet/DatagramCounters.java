package io.kryla.ground.fleet;

import io.kryla.sframe.RejectCounters;
import java.util.concurrent.atomic.LongAdder;

/** What became of the datagrams of all sessions of a station. */
record DatagramCounters(LongAdder opened, RejectCounters rejected) {}
