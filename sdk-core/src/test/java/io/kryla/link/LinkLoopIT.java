package io.kryla.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LinkLoopIT {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Duration WALL = Duration.ofSeconds(30);
    private static final long LONG_NANOS = Duration.ofHours(1).toNanos();

    private final LinkLoop loop = LinkLoop.open(System::nanoTime);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread = new Thread(loop, "test-loop");

    @BeforeEach
    void run() {
        thread.setUncaughtExceptionHandler((where, what) -> failure.set(what));
        thread.start();
    }

    @AfterEach
    void end() throws InterruptedException {
        loop.close();
        thread.join();
    }

    @Test
    void manyLinksHaveTheirDatagramsByOneThread() throws Exception {
        List<DatagramSocket> peers = new ArrayList<>();
        ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 20; i++) {
            DatagramSocket peer = new DatagramSocket(0, LOOPBACK);
            peers.add(peer);
            join(peer, (byte) i, heard);
        }
        for (DatagramSocket peer : peers) {
            DatagramPacket hello = new DatagramPacket(new byte[4], 4);
            peer.receive(hello);
            peer.send(new DatagramPacket(new byte[] {hello.getData()[0]}, 1, hello.getSocketAddress()));
            peer.send(new DatagramPacket(new byte[] {hello.getData()[0]}, 1, hello.getSocketAddress()));
        }
        await().atMost(WALL).until(() -> heard.size() == 2 * peers.size());
        assertThat(heard).containsOnly("test-loop: as sent");
        peers.forEach(DatagramSocket::close);
    }

    /** Says its number once, and expects to hear it. */
    private void join(DatagramSocket peer, byte number, ConcurrentLinkedQueue<String> heard) {
        AtomicReference<LinkLoop.Seat> seat = new AtomicReference<>();
        AtomicReference<DatagramLink> link = new AtomicReference<>();
        byte[] into = new byte[4];
        seat.set(loop.add(() -> {
            if (link.get() == null) {
                link.set(loop.connect(new InetSocketAddress(LOOPBACK, peer.getLocalPort())));
                assertThat(link.get().onArrival(() -> seat.get().wakeup())).isTrue();
                link.get().send(new byte[] {number});
            }
            while (link.get().poll(into) == 1) {
                heard.add(Thread.currentThread().getName() + ": " + (into[0] == number ? "as sent" : "another's"));
            }
            return LONG_NANOS;
        }));
    }

    @Test
    void aTurnComesWhenItsTimeHasComeOrWhenItIsWokenAndNoneAfterTheLast() throws Exception {
        AtomicInteger timed = new AtomicInteger();
        loop.add(() -> timed.incrementAndGet() < 3 ? Duration.ofMillis(3).toNanos() : LinkLoop.LEAVES);
        AtomicInteger wakened = new AtomicInteger();
        LinkLoop.Seat sleeper = loop.add(() -> {
            wakened.incrementAndGet();
            return LONG_NANOS;
        });
        await().atMost(WALL).until(() -> timed.get() == 3 && wakened.get() == 1);
        sleeper.wakeup();
        await().atMost(WALL).until(() -> wakened.get() == 2);

        AtomicInteger last = new AtomicInteger();
        LinkLoop.Seat leaver = loop.add(() -> {
            last.incrementAndGet();
            return LinkLoop.LEAVES;
        });
        leaver.wakeup();
        await().atMost(WALL).until(() -> last.get() == 1);
        leaver.wakeup();
        CompletableFuture<Void> later = new CompletableFuture<>();
        loop.add(() -> {
            later.complete(null);
            return LinkLoop.LEAVES;
        });
        later.join();
        assertThat(last).hasValue(1);
        assertThat(timed).hasValue(3);
    }

    @Test
    void noWakeupIsLostHoweverManyThreadsWake() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        LinkLoop.Seat seat = loop.add(() -> {
            seen.set(asked.get());
            return LONG_NANOS;
        });
        List<Thread> wakers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread waker = new Thread(() -> {
                for (int j = 0; j < 5_000; j++) {
                    asked.incrementAndGet();
                    seat.wakeup();
                }
            });
            wakers.add(waker);
            waker.start();
        }
        for (Thread waker : wakers) {
            waker.join();
        }
        await().atMost(WALL).until(() -> seen.get() == 20_000);
    }

    @Test
    void aMemberThatFailsLeavesAndTheOthersGoOn() {
        loop.add(() -> {
            throw new IllegalStateException("a member's mistake");
        });
        CompletableFuture<Void> other = new CompletableFuture<>();
        loop.add(() -> {
            other.complete(null);
            return LinkLoop.LEAVES;
        });
        other.join();
        await().atMost(WALL).until(() -> failure.get() != null);
        assertThat(failure.get()).hasMessage("a member's mistake");
    }
}
