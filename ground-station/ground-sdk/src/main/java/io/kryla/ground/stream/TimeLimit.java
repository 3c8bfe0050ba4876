package io.kryla.ground.stream;

import io.kryla.keys.KrylaException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Every wait of this API ends: a future that is handed out fails with DEADLINE when its time has passed. */
public final class TimeLimit {
    private TimeLimit() {}

    /**
     * Completes as the source does, or exceptionally with a {@link KrylaException} of code DEADLINE; the source goes on.
     *
     * @param within positive
     * @param what is waited for, for the message
     */
    public static <T> CompletableFuture<T> of(CompletableFuture<T> source, Duration within, String what) {
        if (within.isZero() || within.isNegative()) {
            throw new IllegalArgumentException("within: more than 0 expected, got " + within);
        }
        return source.copy().orTimeout(within.toNanos(), TimeUnit.NANOSECONDS).exceptionally(failure -> {
            if (failure instanceof TimeoutException) {
                throw new KrylaException("DEADLINE", what + " did not come within " + within, true);
            }
            throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(failure);
        });
    }
}
