package io.kryla.ground.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;

/** Writes down what it hears, and asks for nothing by itself. */
final class RecordingSubscriber<S> implements Flow.Subscriber<S> {
    final List<S> heard = new ArrayList<>();
    final List<Throwable> errors = new ArrayList<>();
    int completions;
    Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription granted) {
        subscription = granted;
    }

    @Override
    public void onNext(S item) {
        heard.add(item);
    }

    @Override
    public void onError(Throwable failure) {
        errors.add(failure);
    }

    @Override
    public void onComplete() {
        completions++;
    }
}
