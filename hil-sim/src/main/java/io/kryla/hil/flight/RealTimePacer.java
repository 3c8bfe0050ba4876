package io.kryla.hil.flight;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * One second of flight a second, on a clock and a way to wait that the front door hands in. Time lost while the machine
 * was busy is made up as fast as it can; beyond a second it is given up, so that a resumed laptop does not race.
 */
public final class RealTimePacer implements Pacer {
    private static final long GIVEN_UP_NANOS = 1_000_000_000;

    private final LongSupplier monotonicNanos;
    private final LongConsumer waitNanos;
    private long offsetNanos;
    private boolean started;

    /**
     * @param monotonicNanos such as {@code System::nanoTime}
     * @param waitNanos such as {@code LockSupport::parkNanos}; may return early
     */
    public RealTimePacer(LongSupplier monotonicNanos, LongConsumer waitNanos) {
        this.monotonicNanos = monotonicNanos;
        this.waitNanos = waitNanos;
    }

    @Override
    public void awaitFlightTime(long flightTimeNanos) {
        long due = flightTimeNanos + offsetNanos;
        long now = monotonicNanos.getAsLong();
        if (!started || now - due > GIVEN_UP_NANOS) {
            started = true;
            offsetNanos = now - flightTimeNanos;
            return;
        }
        while (due - now > 0 && !Thread.currentThread().isInterrupted()) {
            waitNanos.accept(due - now);
            now = monotonicNanos.getAsLong();
        }
    }
}
