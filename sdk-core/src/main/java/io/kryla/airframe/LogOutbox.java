package io.kryla.airframe;

import io.kryla.telemetry.FlightOrigin;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What there is of one log for its receivers: all of them are sent the same leaves and checkpoints. The flight thread adds,
 * link threads read.
 */
final class LogOutbox {
    private final FlightOrigin origin;
    private final SentRecords records;
    private final SentCheckpoints checkpoints;
    private final List<Runnable> wakers = new CopyOnWriteArrayList<>();

    LogOutbox(FlightOrigin origin) {
        this(origin, LogMemory.STANDARD);
    }

    LogOutbox(FlightOrigin origin, LogMemory memory) {
        this.origin = origin;
        this.records = new SentRecords(memory);
        this.checkpoints = new SentCheckpoints(memory.records());
    }

    FlightOrigin origin() {
        return origin;
    }

    SentRecords records() {
        return records;
    }

    SentCheckpoints checkpoints() {
        return checkpoints;
    }

    /** Flight thread: something new to send. */
    void announce() {
        wakers.forEach(Runnable::run);
    }

    /** Link thread: to be woken when there is something new. */
    void wake(Runnable waker) {
        wakers.add(waker);
    }

    void forget(Runnable waker) {
        wakers.remove(waker);
    }
}
