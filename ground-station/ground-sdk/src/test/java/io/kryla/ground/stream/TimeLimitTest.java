package io.kryla.ground.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.keys.KrylaException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
    private static final Duration LONG = Duration.ofDays(1);

    private final CompletableFuture<String> source = new CompletableFuture<>();

    @Test
    void whatDoesNotComeFailsAndTheSourceGoesOn() {
        CompletableFuture<String> limited = TimeLimit.of(source, Duration.ofNanos(1), "the answer");
        assertThatThrownBy(limited::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(KrylaException.class, e -> {
                    assertThat(e.code()).isEqualTo("DEADLINE");
                    assertThat(e).hasMessage("the answer did not come within PT0.000000001S");
                });
        assertThat(source).isNotDone();
    }

    @Test
    void whatComesInTimeIsHandedOnByTheThreadThatBroughtIt() {
        CompletableFuture<Thread> heardOn =
                TimeLimit.of(source, LONG, "the answer").thenApply(answer -> Thread.currentThread());
        source.complete("yes");
        assertThat(heardOn).isCompletedWithValue(Thread.currentThread());
    }

    @Test
    void aFailureIsHandedOnAsItIs() {
        IllegalStateException failure = new IllegalStateException("for the test");
        CompletableFuture<String> limited = TimeLimit.of(source, LONG, "the answer");
        source.completeExceptionally(failure);
        assertThatThrownBy(limited::join)
                .isInstanceOf(CompletionException.class)
                .hasCause(failure);
    }

    @Test
    void noTimeAtAllIsAMistake() {
        assertThatThrownBy(() -> TimeLimit.of(source, Duration.ZERO, "the answer"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("within: more than 0 expected, got PT0S");
    }
}
