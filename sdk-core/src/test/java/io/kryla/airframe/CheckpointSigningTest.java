package io.kryla.airframe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CheckpointSigningTest {
    private static final Duration WALL = Duration.ofSeconds(30);

    private final Deque<Runnable> handedOver = new ConcurrentLinkedDeque<>();
    private final List<Integer> signed = Collections.synchronizedList(new ArrayList<>());
    private final CheckpointSigning signing = new CheckpointSigning(handedOver::add);

    private void sign(int number) {
        signing.add(() -> signed.add(number));
    }

    @Test
    void nothingIsSignedOnTheFlightThreadAndAllIsInOrder() {
        for (int i = 0; i < 10; i++) {
            sign(i);
        }
        assertThat(signed).isEmpty();
        assertThat(handedOver).hasSize(1);
        handedOver.remove().run();
        assertThat(signed).isEqualTo(firstNumbers(10));
        sign(10);
        assertThat(handedOver).hasSize(1);
    }

    @Test
    void aFlightThatOutrunsItsSignaturesWaitsAndNoneIsLeftOut() throws Exception {
        AtomicInteger added = new AtomicInteger();
        Thread flight = new Thread(() -> {
            for (int i = 0; i < 40; i++) {
                sign(i);
                added.incrementAndGet();
            }
            signing.await();
        });
        flight.start();
        await().atMost(WALL).until(() -> flight.getState() == Thread.State.WAITING);
        assertThat(added).hasValue(16);
        while (flight.isAlive()) {
            Runnable turn = handedOver.poll();
            if (turn != null) {
                turn.run();
            }
        }
        flight.join();
        assertThat(signed).isEqualTo(firstNumbers(40));
    }

    @Test
    void aSignerThatFailsIsHeardOfAtTheNextCallOnceAndTheNextSignatureIsMade() {
        signing.add(() -> {
            throw new IllegalStateException("the secure element is gone");
        });
        handedOver.remove().run();
        assertThatThrownBy(() -> sign(1)).hasMessage("the secure element is gone");
        sign(2);
        handedOver.remove().run();
        signing.await();
        assertThat(signed).containsExactly(2);
    }

    @Test
    void anExecutorThatHasEndedLeavesTheSignatureToTheFlight() {
        CheckpointSigning ended = new CheckpointSigning(task -> {
            throw new RejectedExecutionException("ended");
        });
        ended.add(() -> signed.add(1));
        ended.await();
        assertThat(signed).containsExactly(1);
    }

    private static List<Integer> firstNumbers(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toList());
    }
}
