package io.kryla.hil.flight;

import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Flight time at a fixed multiple of wall time, and how late each wait ended: the jitter that a board or a person in the loop
 * would see. Time lost while the machine was busy is made up as fast as it can. Confined to the flight thread.
 */
public final class MeasuredPacer implements Pacer {
    private final double timesRealTime;
    private final LongSupplier monotonicNanos;
    private final LongConsumer waitNanos;
    private long[] lateNanos = new long[4_096];
    private int waits;
    private long startWallNanos;
    private long startFlightNanos;

    /**
     * How late the waits ended. All zero when there was none.
     *
     * @param p99Nanos the ⌈0.99 n⌉-th smallest
     */
    public record Jitter(double timesRealTime, int waits, long medianNanos, long p99Nanos, long greatestNanos) {}

    /**
     * @param timesRealTime 1 is real time
     * @param monotonicNanos such as {@code System::nanoTime}
     * @param waitNanos such as {@code LockSupport::parkNanos}; may return early
     */
    public MeasuredPacer(double timesRealTime, LongSupplier monotonicNanos, LongConsumer waitNanos) {
        if (!(timesRealTime > 0 && timesRealTime <= 1_000)) {
            throw new IllegalArgumentException(
                    "timesRealTime: above 0 and at most 1000 expected, got " + timesRealTime);
        }
        this.timesRealTime = timesRealTime;
        this.monotonicNanos = monotonicNanos;
        this.waitNanos = waitNanos;
    }

    @Override
    public void awaitFlightTime(long flightTimeNanos) {
        long now = monotonicNanos.getAsLong();
        if (waits == 0) {
            startWallNanos = now;
            startFlightNanos = flightTimeNanos;
        }
        long due = startWallNanos + (long) ((flightTimeNanos - startFlightNanos) / timesRealTime);
        while (due - now > 0 && !Thread.currentThread().isInterrupted()) {
            waitNanos.accept(due - now);
            now = monotonicNanos.getAsLong();
        }
        if (waits == lateNanos.length) {
            lateNanos = Arrays.copyOf(lateNanos, 2 * waits);
        }
        lateNanos[waits++] = Math.max(0, now - due);
    }

    public Jitter jitter() {
        if (waits == 0) {
            return new Jitter(timesRealTime, 0, 0, 0, 0);
        }
        long[] sorted = Arrays.copyOf(lateNanos, waits);
        Arrays.sort(sorted);
        return new Jitter(timesRealTime, waits, rank(sorted, 50), rank(sorted, 99), sorted[waits - 1]);
    }

    private static long rank(long[] sorted, int percent) {
        return sorted[(int) ((long) percent * sorted.length + 99) / 100 - 1];
    }
}
