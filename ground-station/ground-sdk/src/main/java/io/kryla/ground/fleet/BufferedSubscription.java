package io.kryla.ground.fleet;

import io.kryla.ground.link.SerialTasks;
import io.kryla.telemetry.Claimed;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A subscriber with a bounded buffer of its own: when it is slow, it alone loses records, and can count them. */
final class BufferedSubscription<C extends Claimed> implements RecordSubscription {
    static final int CAPACITY = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(BufferedSubscription.class);

    private final Class<C> claim;
    private final ClaimListener<? super C> listener;
    private final Runnable unregister;
    private final SerialTasks delivery;
    private final AtomicInteger buffered = new AtomicInteger();
    private final LongAdder dropped = new LongAdder();
    private volatile boolean closed;

    BufferedSubscription(Class<C> claim, ClaimListener<? super C> listener, Executor pool, Runnable unregister) {
        this.claim = claim;
        this.listener = listener;
        this.unregister = unregister;
        this.delivery = new SerialTasks(pool);
    }

    /** Takes the record if it is of the claim that was subscribed. On the airframe's worker. */
    void offer(Claimed record) {
        if (closed || !claim.isInstance(record)) {
            return;
        }
        if (buffered.get() >= CAPACITY) {
            dropped.increment();
            return;
        }
        buffered.incrementAndGet();
        C claimed = claim.cast(record);
        delivery.add(() -> deliver(claimed));
    }

    private void deliver(C record) {
        buffered.decrementAndGet();
        if (closed) {
            return;
        }
        try {
            listener.onRecord(record);
        } catch (RuntimeException e) {
            LOG.warn("a subscriber failed and hears no more", e);
            close();
        }
    }

    @Override
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public void close() {
        closed = true;
        unregister.run();
    }
}
