package io.kryla.ground.stream;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.LongAdder;

/**
 * A stream with its policy for slow subscribers. Each subscriber has a queue of its own and is signalled by one delivery
 * thread at a time, as Reactive Streams 1.0.4 has it. Any thread may subscribe.
 */
public final class TelemetryPublisher<S> implements Flow.Publisher<S> {
    private final TelemetryRelay relay;
    private final TelemetryRelay.Selection<S> selection;
    private final Overflow policy;
    private final int capacity;
    private final LongAdder dropped = new LongAdder();

    TelemetryPublisher(TelemetryRelay relay, TelemetryRelay.Selection<S> selection, Overflow policy, int capacity) {
        this.relay = relay;
        this.selection = selection;
        this.policy = policy;
        this.capacity = capacity;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super S> subscriber) {
        relay.subscribe(Objects.requireNonNull(subscriber), selection, policy, capacity, dropped);
    }

    /** Calls the listener for every sample, as fast as it returns. */
    public StreamSubscription listen(SampleListener<? super S> listener) {
        LongAdder own = new LongAdder();
        Listening<S> listening = new Listening<>(listener, own);
        relay.subscribe(listening, selection, policy, capacity, own);
        return listening;
    }

    /** Samples that subscribers (not listeners) of this publisher lost because they were slow. */
    public long dropped() {
        return dropped.sum();
    }

    private static final class Listening<S> implements Flow.Subscriber<S>, StreamSubscription {
        private final SampleListener<? super S> listener;
        private final LongAdder dropped;
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        private volatile boolean closed;

        Listening(SampleListener<? super S> listener, LongAdder dropped) {
            this.listener = listener;
            this.dropped = dropped;
        }

        @Override
        public void onSubscribe(Flow.Subscription granted) {
            granted.request(Long.MAX_VALUE);
            subscription.complete(granted);
        }

        @Override
        public void onNext(S sample) {
            if (closed) {
                return;
            }
            try {
                listener.onSample(sample);
            } catch (RuntimeException e) {
                ended.completeExceptionally(e);
                throw e;
            }
        }

        @Override
        public void onError(Throwable failure) {
            ended.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            ended.complete(null);
        }

        @Override
        public long dropped() {
            return dropped.sum();
        }

        @Override
        public CompletableFuture<Void> ended(Duration within) {
            return TimeLimit.of(ended, within, "the end of the stream");
        }

        @Override
        public void close() {
            closed = true;
            subscription.thenAccept(Flow.Subscription::cancel);
            ended.cancel(false);
        }
    }
}
