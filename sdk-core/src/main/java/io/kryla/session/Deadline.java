package io.kryla.session;

import io.kryla.link.ByteStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Closes a stream under a blocked call when its time has passed: a read time-out would start anew with each byte. */
final class Deadline {
    private final CompletableFuture<Boolean> passed = new CompletableFuture<>();
    private final CompletableFuture<Void> closing;

    Deadline(Duration timeout, ByteStream stream) {
        closing = passed.completeOnTimeout(true, timeout.toMillis(), TimeUnit.MILLISECONDS)
                .thenAccept(late -> {
                    if (late) {
                        stream.close();
                    }
                });
    }

    boolean passed() {
        return passed.getNow(false);
    }

    String explain(Exception cause) {
        return passed() ? "it took too long" : String.valueOf(cause.getMessage());
    }

    void lift() {
        passed.complete(false);
        closing.join();
    }
}
