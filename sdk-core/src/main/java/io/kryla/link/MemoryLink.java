package io.kryla.link;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * One end of an in-memory pair. What is sent at one end arrives at the other, impaired as agreed; which datagrams suffer
 * follows from the seeded generator and the order of sending. The queue is bounded: a full one drops, as a socket does.
 */
public final class MemoryLink implements DatagramLink {
    private static final int QUEUE_LIMIT = 4096;

    private final Impairment impairment;
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> inbox = new ArrayDeque<>();
    private Optional<byte[]> delayed = Optional.empty();
    private Optional<MemoryLink> peer = Optional.empty();
    private volatile Runnable onArrival = () -> {};
    private boolean woken;
    private boolean closed;

    private MemoryLink(Impairment impairment, RandomGenerator random) {
        this.impairment = impairment;
        this.random = random;
    }

    /** Two connected ends; each draws from its own generator, so that the directions do not disturb each other. */
    public static Pair pair(Impairment impairment, RandomGenerator here, RandomGenerator there) {
        MemoryLink a = new MemoryLink(impairment, here);
        MemoryLink b = new MemoryLink(impairment, there);
        a.peer = Optional.of(b);
        b.peer = Optional.of(a);
        return new Pair(a, b);
    }

    /** Both ends of one link. */
    public record Pair(MemoryLink here, MemoryLink there) {}

    @Override
    public void send(byte[] datagram) {
        MemoryLink other = peer.orElseThrow();
        if (random.nextDouble() < impairment.loss()) {
            return;
        }
        boolean twice = random.nextDouble() < impairment.duplication();
        if (delayed.isEmpty() && random.nextDouble() < impairment.reordering()) {
            delayed = Optional.of(datagram.clone());
            return;
        }
        other.deliver(datagram);
        if (twice) {
            other.deliver(datagram);
        }
        delayed.ifPresent(other::deliver);
        delayed = Optional.empty();
    }

    private void deliver(byte[] datagram) {
        lock.lock();
        try {
            if (!closed && inbox.size() < QUEUE_LIMIT) {
                inbox.add(datagram.clone());
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        onArrival.run();
    }

    @Override
    public boolean onArrival(Runnable call) {
        onArrival = call;
        return true;
    }

    @Override
    public int receive(byte[] into, Duration timeout) {
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (inbox.isEmpty() && !woken && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
            return poll(into);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NOTHING;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int poll(byte[] into) {
        lock.lock();
        try {
            byte[] next = inbox.poll();
            if (next == null) {
                return NOTHING;
            }
            int length = Math.min(next.length, into.length);
            System.arraycopy(next, 0, into, 0, length);
            return length;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void wakeup() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            inbox.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
