package io.kryla.airframe;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.telemetry.FlightOrigin;
import io.kryla.v1.ReceiverJoined;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiversTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final LogOutbox log = new LogOutbox(
            FlightOrigin.parse("kryla.example/flight/ZZZZ8DE010001/1/flight").orElseThrow());
    private final Receivers receivers = new Receivers(log);

    @BeforeEach
    void aLogOfTenLeaves() {
        for (int i = 0; i < 10; i++) {
            log.records().add(new byte[40], 0, 40);
        }
    }

    @Test
    void nothingGoesToAReceiverBeforeItIsLogged() {
        Receiver receiver = enter(0);
        assertThat(receiver.isJoinLogged()).isFalse();
        assertThat(receivers.takeJoined()).containsExactly(receiver);
        assertThat(receiver.takeJoin()).isPresent();
        assertThat(receiver.takeJoin()).as("logged once").isEmpty();
        receiver.joinLogged();
        assertThat(receiver.isJoinLogged()).isTrue();
        assertThat(receivers.takeJoined()).isEmpty();
    }

    @Test
    void whoComesAfterTheEndGetsWhatThereIs() {
        Receiver early = enter(0);
        receivers.logsClosed();
        Receiver late = enter(1);
        assertThat(receivers.takeJoined()).isEmpty();
        assertThat(early.isJoinLogged()).isTrue();
        assertThat(late.isJoinLogged()).isTrue();
        assertThat(late.takeJoin()).isEmpty();
    }

    @Test
    void aFlightWaitsForTheGroundThatWasThereFirstAndForNoOther() {
        logged(enter(1)).acknowledged(10, 10);
        Receiver first = logged(enter(0));
        assertThat(await(10, Duration.ZERO)).isFalse();
        first.acknowledged(10, 0);
        assertThat(await(10, Duration.ZERO)).isTrue();
    }

    @Test
    void aSessionThatTakesOverCountsFromWhereItIsFurther() {
        logged(enter(0)).acknowledged(4, 0);
        Receiver successor = logged(enter(0));
        assertThat(await(4, Duration.ZERO)).isTrue();
        successor.acknowledged(9, 0);
        assertThat(await(9, Duration.ZERO)).isTrue();
    }

    @Test
    void attestationIsWaitedForToo() {
        Receiver receiver = logged(enter(0));
        receiver.acknowledged(10, 3);
        assertThat(receivers.awaitLeader(log -> 10, log -> 4, Duration.ZERO, () -> {}))
                .isFalse();
        receiver.acknowledged(2, 4);
        assertThat(receivers.awaitLeader(log -> 10, log -> 4, Duration.ZERO, () -> {}))
                .as("never backward")
                .isTrue();
    }

    @Test
    void withoutAnybodyItDoesNotWaitAtAll() {
        assertThat(await(1, LONG)).isFalse();
        assertThat(await(0, LONG)).isTrue();
    }

    @Test
    void whatTheLastLeaderHadStillHolds() {
        Receiver gone = logged(enter(0));
        gone.acknowledged(10, 0);
        receivers.leave(gone);
        assertThat(await(10, LONG)).isTrue();
        assertThat(await(11, LONG)).isFalse();
        assertThat(receivers.anyPresent()).isFalse();
    }

    @Test
    void whoJoinsWhileTheFlightWaitsIsLoggedAndMayLeadNext() throws Exception {
        Receiver leader = logged(enter(0));
        CountDownLatch logged = new CountDownLatch(1);
        CompletableFuture<Boolean> waiting =
                CompletableFuture.supplyAsync(() -> receivers.awaitLeader(log -> 10, log -> 0, LONG, () -> {
                    receivers.takeJoined().forEach(Receiver::joinLogged);
                    logged.countDown();
                }));
        Receiver next = enter(1);
        assertThat(logged.await(LONG.toSeconds(), java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();
        assertThat(next.isJoinLogged()).isTrue();
        next.acknowledged(10, 0);
        assertThat(waiting).isNotDone();
        receivers.leave(leader);
        assertThat(waiting.get()).isTrue();
    }

    private Receiver enter(int seat) {
        return receivers.enter(log, seat, ReceiverJoined.getDefaultInstance());
    }

    /** As the flight thread does it at its next call. */
    private Receiver logged(Receiver receiver) {
        receivers.takeJoined().forEach(Receiver::joinLogged);
        return receiver;
    }

    private boolean await(long leaves, Duration wall) {
        return receivers.awaitLeader(log -> leaves, log -> 0, wall, () -> {});
    }
}
