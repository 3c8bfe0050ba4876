package io.kryla.ground.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kryla.ground.line.TestLine;
import io.kryla.ground.stream.SampleKind;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.Digest;
import io.kryla.keys.KrylaException;
import io.kryla.test.FakeAirframe;
import io.kryla.v1.Command;
import io.kryla.v1.Hold;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A station on threads that it was given makes none and ends none. */
@Timeout(120)
class CallersThreadsIT {
    private static final Duration WALL = Duration.ofSeconds(30);
    private static final int LOOPS = 2;
    private static final int WORKERS = 4;

    private final TestLicensor licensor = new TestLicensor();
    private final ExecutorService executor =
            Executors.newFixedThreadPool(WORKERS, new DefaultThreadFactory("callers-worker", true));

    @AfterEach
    void endWorkers() {
        executor.shutdown();
    }

    @Test
    void aWholeFlightOnTheCallersThreadsOverNio() throws Exception {
        flyOnThreadsOf(NioIoHandler.newFactory());
    }

    @Test
    void aWholeFlightOnTheCallersThreadsOverEpoll() throws Exception {
        assertThat(Epoll.isAvailable()).isTrue();
        flyOnThreadsOf(EpollIoHandler.newFactory());
    }

    private void flyOnThreadsOf(IoHandlerFactory transport) throws Exception {
        MultiThreadIoEventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(LOOPS, new DefaultThreadFactory("callers-loop", true), transport);
        try (FakeAirframe airframe = FakeAirframe.of(licensor, "KRYL5TEST1").boot()) {
            Set<String> before = threads();
            Set<String> heardOn = new ConcurrentSkipListSet<>();
            try (GroundStation station =
                    builder().executor(executor).eventLoops(loops).start()) {
                station.onAirframe(link -> heardOn.add(Thread.currentThread().getName()));
                station.attested(SampleKind.ANY)
                        .buffer(1_000)
                        .listen(sample -> heardOn.add(Thread.currentThread().getName()));
                Set<String> idle = threads();
                idle.removeAll(before);
                assertThat(idle).allMatch(name -> name.startsWith("callers-"));

                airframe.connect(station.boundAddress()).fly(Duration.ofMillis(200));
                AirframeLink link = station.airframe("KRYL5TEST1", WALL).join();
                SentCommand sent = link.send(
                        Command.newBuilder().setHold(Hold.getDefaultInstance()).build(), WALL, WALL);
                airframe.flyOn();
                assertThat(sent.outcome().join()).isInstanceOf(CommandOutcome.Refused.class);
                airframe.land();
                await().atMost(WALL).until(() -> link.state().closed());
                Set<String> flying = threads();
                flying.removeAll(before);
                assertThat(flying)
                        .noneMatch(name -> name.matches(
                                "kryla-(airframe|delivery|tick|listener|conversation|udp).*|globalEventExecutor.*"));
            }
            assertThat(heardOn).isNotEmpty().allMatch(name -> name.startsWith("callers-worker"));
            assertThat(executor.submit(() -> 1).get(30, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(loops.submit(() -> 2).get(30, TimeUnit.SECONDS)).isEqualTo(2);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    @Test
    void aStationThatIsClosedHasLeftItsPortsAndNoTickBehind() throws Exception {
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("callers-loop", true), NioIoHandler.newFactory());
        try {
            InetSocketAddress address;
            try (GroundStation first =
                    builder().executor(executor).eventLoops(loops).start()) {
                address = first.boundAddress();
            }
            GroundStation second = builder()
                    .listen(address)
                    .executor(executor)
                    .eventLoops(loops)
                    .start();
            second.close();
            second.close();
            assertThat(loops.submit(() -> 1).get(30, TimeUnit.SECONDS)).isEqualTo(1);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    @Test
    void anAirframeThatDoesNotComeIsNotWaitedForForever() {
        try (GroundStation station = builder().start()) {
            for (CompletableFuture<AirframeLink> waiting : List.of(
                    station.airframe("KRYL5TEST1", Duration.ofMillis(1)),
                    station.nextFlight("KRYL5TEST1", Duration.ofMillis(1)))) {
                assertThatThrownBy(waiting::join)
                        .cause()
                        .isInstanceOfSatisfying(
                                KrylaException.class, e -> assertThat(e.code()).isEqualTo("DEADLINE"));
            }
        }
    }

    @Test
    void threadsThatCannotBeUsedAreRefusedAtTheStart() {
        assertThatThrownBy(() -> builder().executor(Runnable::run).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("executor: ");
        ScheduledExecutorService none = Executors.newSingleThreadScheduledExecutor();
        try {
            assertThatThrownBy(() -> builder().eventLoops(none).start())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("eventLoops: ");
        } finally {
            none.shutdown();
        }
    }

    private GroundStationBuilder builder() {
        return GroundStation.builder()
                .identity(licensor.ground("ground-1"))
                .trust(licensor.bundle())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .crls(() -> licensor.crls().crls())
                .ledgerCheckpoint(() -> Digest.sha256(new byte[] {1}))
                .clock(TestLine.CLOCK);
    }

    private static Set<String> threads() {
        Set<String> names = new TreeSet<>();
        Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
        return names;
    }
}
