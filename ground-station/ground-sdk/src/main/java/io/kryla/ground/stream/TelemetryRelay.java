package io.kryla.ground.stream;

import com.google.protobuf.Message;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.AuthenticRecord;
import io.kryla.telemetry.Claimed;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.v1.Sample;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands verified records to subscribers. A source offers each record once, in order, from one thread for each log; it never
 * waits for a subscriber. What is not a {@link Claimed} record cannot be offered.
 */
public final class TelemetryRelay implements LiveTelemetry {
    private final Executor delivery;
    private final DropCounters counters;
    private final List<Sink<?>> sinks = new CopyOnWriteArrayList<>();
    private final Object endLock = new Object();
    private boolean ended;
    private @Nullable TelemetryException brokeOff;

    /** @param delivery whose threads subscribers are called on; it must not run tasks in the caller's thread */
    public TelemetryRelay(Executor delivery, DropCounters counters) {
        this.delivery = delivery;
        this.counters = counters;
    }

    /** What of a record a subscriber is given. */
    interface Selection<S> {
        void select(FlightOrigin origin, Claimed record, Consumer<S> to);
    }

    /** One subscriber. */
    private record Sink<S>(Selection<S> selection, SubscriberQueue<S> queue) {
        void offer(FlightOrigin origin, Claimed record) {
            selection.select(origin, record, queue::offer);
        }
    }

    /** The next record of that log, to every subscriber that wants its kind and claim. */
    public void offer(FlightOrigin origin, Claimed record) {
        for (Sink<?> sink : sinks) {
            sink.offer(origin, record);
        }
    }

    /**
     * Whether no subscriber would lose any of a record's samples now: for a source that can wait, as a replay can. A live
     * link never asks.
     */
    public boolean hasRoom(int samples) {
        return sinks.stream().allMatch(sink -> sink.queue().hasRoom(samples));
    }

    /** How many subscribers there are. */
    public int subscribers() {
        return sinks.size();
    }

    /** How many samples wait for the subscriber for which the most do. */
    public int lag() {
        return sinks.stream().mapToInt(sink -> sink.queue().waiting()).max().orElse(0);
    }

    /** The log is closed and nothing of it is missing. */
    public void complete() {
        end(null);
    }

    /** No more will come, though the log is not at its end. */
    public void breakOff(TelemetryException why) {
        end(why);
    }

    private void end(@Nullable TelemetryException why) {
        synchronized (endLock) {
            if (ended) {
                return;
            }
            ended = true;
            brokeOff = why;
        }
        for (Sink<?> sink : sinks) {
            end(sink.queue(), why);
        }
    }

    private static void end(SubscriberQueue<?> queue, @Nullable TelemetryException why) {
        if (why == null) {
            queue.complete();
        } else {
            queue.breakOff(why);
        }
    }

    @Override
    public <T extends Message> TelemetryStream<AttestedSample<T>> attested(SampleKind<T> kind) {
        return new TelemetryStream<>(this, (origin, record, to) -> {
            if (record instanceof AttestedRecord attested && kind.mayBeIn(record)) {
                for (Sample sample : attested.record().getSamplesList()) {
                    if (kind.matches(sample)) {
                        to.accept(
                                new AttestedSample<>(origin, attested, sample.getFlightTimeNanos(), kind.body(sample)));
                    }
                }
            }
        });
    }

    @Override
    public <T extends Message> TelemetryStream<AuthenticSample<T>> authentic(SampleKind<T> kind) {
        return new TelemetryStream<>(this, (origin, record, to) -> {
            if (record instanceof AuthenticRecord authentic && kind.mayBeIn(record)) {
                for (Sample sample : authentic.record().getSamplesList()) {
                    if (kind.matches(sample)) {
                        to.accept(new AuthenticSample<>(
                                origin, authentic, sample.getFlightTimeNanos(), kind.body(sample)));
                    }
                }
            }
        });
    }

    @Override
    public TelemetryStream<AttestedRecord> attestedRecords() {
        return new TelemetryStream<>(this, (origin, record, to) -> {
            if (record instanceof AttestedRecord attested) {
                to.accept(attested);
            }
        });
    }

    @Override
    public TelemetryStream<AuthenticRecord> authenticRecords() {
        return new TelemetryStream<>(this, (origin, record, to) -> {
            if (record instanceof AuthenticRecord authentic) {
                to.accept(authentic);
            }
        });
    }

    <S> void subscribe(
            Flow.Subscriber<? super S> subscriber,
            Selection<S> selection,
            Overflow policy,
            int capacity,
            LongAdder dropped) {
        Registration<S> registration = new Registration<>(subscriber, selection, policy, capacity, dropped);
        sinks.add(registration.sink);
        synchronized (endLock) {
            if (ended) {
                end(registration.sink.queue(), brokeOff);
            }
        }
        registration.sink.queue().start(subscriber);
    }

    /** Lets a queue take itself out again. */
    private final class Registration<S> {
        private final Sink<S> sink;

        Registration(
                Flow.Subscriber<? super S> subscriber,
                Selection<S> selection,
                Overflow policy,
                int capacity,
                LongAdder dropped) {
            sink = new Sink<>(
                    selection,
                    new SubscriberQueue<>(subscriber, policy, capacity, delivery, counters, dropped, this::remove));
        }

        private void remove() {
            sinks.remove(sink);
        }
    }
}
