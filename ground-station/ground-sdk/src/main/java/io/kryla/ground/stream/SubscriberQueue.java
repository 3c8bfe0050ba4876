package io.kryla.ground.stream;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber with a bounded queue of its own. Whoever offers never waits for it: the lock is held for a few
 * instructions, and all signals are sent by one delivery thread at a time, onSubscribe included (Reactive Streams §1.3).
 */
final class SubscriberQueue<S> implements Flow.Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriberQueue.class);

    /** After so many signals the thread is given back, so that subscribers that share one get their turn. */
    private static final int SIGNALS_PER_TURN = 256;

    private final Overflow policy;
    private final int capacity;
    private final Executor executor;
    private final DropCounters counters;
    private final Runnable unregister;
    private final LongAdder dropped;

    private final Object lock = new Object();
    private final ArrayDeque<S> waiting = new ArrayDeque<>();
    private long demand;
    /** Whether a delivery thread has been asked for, or runs. */
    private boolean delivering = true;

    private boolean greeted;
    private boolean complete;
    /** With {@code complete}: told after what waits. */
    private @Nullable Throwable brokeOff;
    /** Told at once, in place of what waits. */
    private @Nullable Throwable failure;

    /** Forgotten once it has heard the last signal or cancelled (§3.13). */
    private Flow.@Nullable Subscriber<? super S> subscriber;

    SubscriberQueue(
            Flow.Subscriber<? super S> subscriber,
            Overflow policy,
            int capacity,
            Executor executor,
            DropCounters counters,
            LongAdder dropped,
            Runnable unregister) {
        this.subscriber = subscriber;
        this.policy = policy;
        this.capacity = capacity;
        this.executor = executor;
        this.counters = counters;
        this.dropped = dropped;
        this.unregister = unregister;
    }

    /** Asks for the thread that greets the subscriber; offers may come before it does. */
    void start(Flow.Subscriber<? super S> newcomer) {
        try {
            executor.execute(this::deliver);
        } catch (RejectedExecutionException e) {
            forget();
            newcomer.onSubscribe(this);
            newcomer.onError(new TelemetryException("STATION_CLOSED", "the station delivers nothing any more"));
        }
    }

    /** From the source's thread; never waits. */
    void offer(S sample) {
        synchronized (lock) {
            if (subscriber == null || complete || failure != null) {
                return;
            }
            if (waiting.size() < capacity) {
                waiting.add(sample);
            } else {
                overflow(sample);
            }
            if (!claimTurn()) {
                return;
            }
        }
        turn();
    }

    /** Whether so many more would be kept. Who keeps the newest alone always has room, and who waits for nothing. */
    boolean hasRoom(int samples) {
        synchronized (lock) {
            return subscriber == null
                    || policy == Overflow.LATEST
                    || waiting.isEmpty()
                    || waiting.size() + samples <= capacity;
        }
    }

    /** How many samples wait. */
    int waiting() {
        synchronized (lock) {
            return waiting.size();
        }
    }

    private void overflow(S sample) {
        counters.count(policy);
        if (policy == Overflow.FAIL) {
            waiting.clear();
            failure = TelemetryException.slowSubscriber(capacity);
        } else {
            dropped.increment();
            waiting.remove();
            waiting.add(sample);
        }
    }

    /** No more will be offered: what waits is still delivered, then the end. */
    void complete() {
        synchronized (lock) {
            complete = true;
            if (!claimTurn()) {
                return;
            }
        }
        turn();
    }

    /** As {@link #complete}, for a stream that broke off. */
    void breakOff(Throwable cause) {
        synchronized (lock) {
            if (!complete) {
                complete = true;
                brokeOff = cause;
            }
            if (!claimTurn()) {
                return;
            }
        }
        turn();
    }

    @Override
    public void request(long samples) {
        synchronized (lock) {
            if (samples <= 0) {
                failure = new IllegalArgumentException("request: more than 0 expected (§3.9), got " + samples);
                waiting.clear();
            } else {
                demand = demand + samples < 0 ? Long.MAX_VALUE : demand + samples;
            }
            if (!claimTurn()) {
                return;
            }
        }
        turn();
    }

    @Override
    public void cancel() {
        forget();
    }

    /** Whether this caller has to ask for a delivery thread. Under the lock. */
    private boolean claimTurn() {
        boolean something = failure != null || (waiting.isEmpty() ? complete : demand > 0);
        if (delivering || subscriber == null || !something) {
            return false;
        }
        delivering = true;
        return true;
    }

    private void turn() {
        try {
            executor.execute(this::deliver);
        } catch (RejectedExecutionException e) {
            LOG.debug("no more delivery threads; a subscriber hears no more");
            forget();
        }
    }

    private void deliver() {
        boolean more = true;
        while (more) {
            more = deliverTurn() && !givenBack();
        }
    }

    /** Hands the rest to another turn; not when the pool has ended: then this one goes on to the end. */
    private boolean givenBack() {
        try {
            executor.execute(this::deliver);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Returns whether there may be more to deliver. */
    private boolean deliverTurn() {
        for (int sent = 0; sent < SIGNALS_PER_TURN; sent++) {
            Flow.Subscriber<? super S> to;
            S next = null;
            boolean greeting;
            Throwable failed;
            synchronized (lock) {
                to = subscriber;
                if (to == null) {
                    delivering = false;
                    return false;
                }
                greeting = !greeted;
                greeted = true;
                failed = failure;
                if (!greeting && failed == null) {
                    if (!waiting.isEmpty() && demand > 0) {
                        next = waiting.remove();
                        demand = demand == Long.MAX_VALUE ? demand : demand - 1;
                    } else if (!waiting.isEmpty() || !complete) {
                        delivering = false;
                        return false;
                    } else {
                        failed = brokeOff;
                    }
                }
            }
            if (!signal(to, greeting, next, failed)) {
                return false;
            }
        }
        return true;
    }

    /** Outside the lock. Returns whether more may follow. */
    private boolean signal(
            Flow.Subscriber<? super S> to, boolean greeting, @Nullable S next, @Nullable Throwable failed) {
        try {
            if (greeting) {
                to.onSubscribe(this);
                return true;
            }
            if (next != null) {
                to.onNext(next);
                return true;
            }
            forget();
            if (failed == null) {
                to.onComplete();
            } else {
                to.onError(failed);
            }
        } catch (RuntimeException e) {
            // §2.13: a subscriber that throws has cancelled.
            LOG.warn("a subscriber failed and hears no more", e);
            forget();
        } catch (Error e) {
            forget();
            throw e;
        }
        return false;
    }

    private void forget() {
        synchronized (lock) {
            subscriber = null;
            waiting.clear();
        }
        unregister.run();
    }
}
