package io.kryla.ground.stream;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A listener's registration; lasts until it is closed or the stream ends. */
public interface StreamSubscription extends AutoCloseable {
    /** Samples that were lost to this subscriber because it was slow. */
    long dropped();

    /**
     * Completes after the last sample was taken, exceptionally with a {@link TelemetryException} when the stream broke off
     * and with the listener's own exception when that ended it, and with a CancellationException at {@link #close}.
     *
     * @param within as long as the caller cares: exceptionally with DEADLINE then, and the subscription goes on
     */
    CompletableFuture<Void> ended(Duration within);

    /** No call begins after this returns; one that runs may still finish. */
    @Override
    void close();
}
