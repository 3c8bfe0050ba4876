package io.kryla.radio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * The air between two radios: carries what one port writes to the other, at 57,600 baud and no faster, and loses whole
 * frames by a seed. One direction.
 */
final class LossyPump implements AutoCloseable {
    private static final long NANOS_PER_BYTE = 10L * 1_000_000_000L / 57_600;
    private static final int FIRST_BYTE_AND_ENDS = 2;

    private final InputStream from;
    private final OutputStream to;
    private final double loss;
    private final RandomGenerator chance;
    private final ScheduledExecutorService air = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "air");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicLong carried = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private long freeAtNanos = System.nanoTime();

    LossyPump(Pty from, Pty to, double loss, RandomGenerator chance) {
        this.from = from.fromPort();
        this.to = to.toPort();
        this.loss = loss;
        this.chance = chance;
        Thread thread = new Thread(this::pump, "pump");
        thread.setDaemon(true);
        thread.start();
    }

    long carriedFrames() {
        return carried.get();
    }

    long lostFrames() {
        return lost.get();
    }

    /** A frame ends at the second zero: one stands in front of each. */
    private void pump() {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        try {
            for (int next = from.read(); next != -1; next = from.read()) {
                frame.write(next);
                if (next == 0 && frame.size() >= FIRST_BYTE_AND_ENDS) {
                    carry(frame.toByteArray());
                    frame.reset();
                }
            }
        } catch (IOException e) {
            // The port's process has ended.
        }
    }

    private void carry(byte[] frame) {
        freeAtNanos = Math.max(System.nanoTime(), freeAtNanos) + frame.length * NANOS_PER_BYTE;
        if (chance.nextDouble() < loss) {
            lost.incrementAndGet();
            return;
        }
        carried.incrementAndGet();
        air.schedule(() -> arrive(frame), freeAtNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void arrive(byte[] frame) {
        try {
            to.write(frame);
            to.flush();
        } catch (IOException e) {
            // The port's process has ended.
        }
    }

    @Override
    public void close() {
        air.shutdownNow();
    }
}
