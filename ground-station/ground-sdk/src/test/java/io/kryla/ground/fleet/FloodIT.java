package io.kryla.ground.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kryla.airframe.AirframeAgent;
import io.kryla.ground.line.TapLink;
import io.kryla.ground.line.TestAirframe;
import io.kryla.ground.line.TestLine;
import io.kryla.ground.link.ListenerRejection;
import io.kryla.link.DatagramLink;
import io.kryla.sframe.RejectReason;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A thousand connections that never finish their handshake and 50,000 bad datagrams a second, while an airframe flies. */
@Timeout(120)
class FloodIT {
    private static final Duration WALL = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 1_000;
    private static final int DATAGRAMS_A_MILLISECOND = 50;
    private static final int DATAGRAMS = 250_000;
    private static final long MOST_GROWTH_BYTES = 16 << 20;

    private static TestLine line;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeLine() throws Exception {
        line = new TestLine();
    }

    @Test
    void goodTrafficGetsThroughAndTheHeapStaysAsItIs() throws Exception {
        TestAirframe airframe = TestAirframe.born(line, "KRYL5FLD01", folder.resolve("first"));
        TestAirframe late = TestAirframe.born(line, "KRYL5FLD02", folder.resolve("late"));
        Taps taps = new Taps();
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(3);
        try (GroundStation station = line.groundStation().start();
                AirframeAgent agent = airframe.agent().datagrams(taps::open).boot();
                AirframeAgent newcomer = late.agent().datagrams(taps::open).boot()) {
            agent.connect(station.boundAddress()).get(30, TimeUnit.SECONDS);
            TestAirframe.fly(agent, 0, 50);
            TapLink tap = taps.first();
            // What overtook the end of set-up was lost: how much, is chance.
            awaitQuiet(station, () -> 1);
            long sentBefore = taps.sent();
            long openedBefore = station.openedDatagrams();
            long heapBefore = heapBytes();

            try (HalfOpenConnections connections = new HalfOpenConnections(station.boundAddress());
                    BadDatagrams datagrams = new BadDatagrams(tap.peer(), tap.sent())) {
                AtomicInteger flown = new AtomicInteger(50);
                clock.scheduleAtFixedRate(connections::open, 0, 10, TimeUnit.MILLISECONDS);
                clock.scheduleAtFixedRate(datagrams::send, 0, 1, TimeUnit.MILLISECONDS);
                clock.scheduleAtFixedRate(
                        () -> TestAirframe.fly(agent, flown.get(), flown.addAndGet(10)), 0, 10, TimeUnit.MILLISECONDS);
                await().atMost(WALL).until(() -> connections.opened() >= CONNECTIONS);
                // An airframe that comes now is let in.
                newcomer.stayConnected(station.boundAddress()).get(30, TimeUnit.SECONDS);
                await().atMost(WALL).until(() -> datagrams.count() >= DATAGRAMS);
                clock.shutdown();
                assertThat(clock.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
                assertThat(heapBytes() - heapBefore).as("growth of the heap").isLessThan(MOST_GROWTH_BYTES);
            }
            awaitQuiet(station, () -> openedBefore + (taps.sent() - sentBefore) * 9 / 10);
            long sent = taps.sent() - sentBefore;
            long opened = station.openedDatagrams() - openedBefore;
            assertThat(opened).as("of %d good datagrams", sent).isGreaterThanOrEqualTo(sent * 99 / 100);
            assertThat(agent.connected()).isTrue();
            assertThat(newcomer.connected()).isTrue();
            assertThat(Stream.of(RejectReason.values())
                            .mapToLong(station::rejected)
                            .sum())
                    .as("rejected, of %d sent", DATAGRAMS)
                    .isGreaterThan(DATAGRAMS / 2);
            assertThat(station.rejected(ListenerRejection.CONNECTIONS)).isGreaterThan(CONNECTIONS / 2);
        } finally {
            clock.shutdownNow();
        }
    }

    /** What was sent has arrived or is lost: the count of opened datagrams has come to rest. */
    private static void awaitQuiet(GroundStation station, LongSupplier least) {
        AtomicLong last = new AtomicLong(-1);
        await().atMost(WALL).pollInterval(Duration.ofMillis(100)).until(() -> {
            long now = station.openedDatagrams();
            return last.getAndSet(now) == now && now >= least.getAsLong();
        });
    }

    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The datagrams of all airframes. */
    private static final class Taps {
        private final List<TapLink> links = new CopyOnWriteArrayList<>();

        DatagramLink open(InetSocketAddress ground) {
            TapLink link = new TapLink(ground);
            links.add(link);
            return link;
        }

        TapLink first() {
            return links.get(0);
        }

        long sent() {
            return links.stream().mapToLong(link -> link.sent().size()).sum();
        }
    }

    /** So many at once, and then each anew in turn, 200 a second; every other one says half a ClientHello. */
    private static final class HalfOpenConnections implements AutoCloseable {
        private static final byte[] HALF_A_HELLO = {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

        private final InetSocketAddress address;
        private final SocketChannel[] channels = new SocketChannel[CONNECTIONS];
        private final AtomicInteger opened = new AtomicInteger();
        private int next;

        HalfOpenConnections(InetSocketAddress address) {
            this.address = address;
        }

        void open() {
            for (int i = 0; i < (opened.get() < CONNECTIONS ? 20 : 2); i++) {
                next = (next + 1) % CONNECTIONS;
                try {
                    if (channels[next] != null) {
                        channels[next].close();
                    }
                    channels[next] = SocketChannel.open(address);
                    if (next % 2 == 0) {
                        channels[next].write(ByteBuffer.wrap(HALF_A_HELLO));
                    }
                    opened.incrementAndGet();
                } catch (IOException e) {
                    // Closed on the spot: that is what a flood has to expect.
                }
            }
        }

        int opened() {
            return opened.get();
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel channel : channels) {
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    /** Noise, frames of no session, frames of the session with another tag, and its own frames once more. */
    private static final class BadDatagrams implements AutoCloseable {
        private final DatagramChannel channel = DatagramChannel.open();
        private final InetSocketAddress to;
        private final List<byte[]> good;
        private final SplittableRandom random = new SplittableRandom(5);
        private final AtomicInteger count = new AtomicInteger();

        BadDatagrams(InetSocketAddress to, List<byte[]> good) throws IOException {
            this.to = to;
            this.good = good;
        }

        void send() {
            for (int i = 0; i < DATAGRAMS_A_MILLISECOND; i++) {
                try {
                    channel.send(ByteBuffer.wrap(next(i % 4)), to);
                    count.incrementAndGet();
                } catch (IOException e) {
                    // No room: the next one may have some.
                }
            }
        }

        private byte[] next(int kind) {
            byte[] datagram = good.get(random.nextInt(good.size())).clone();
            if (kind == 0) {
                return datagram;
            }
            datagram[kind == 1 ? 1 : kind == 2 ? datagram.length - 1 : 0] ^= (byte) (1 + random.nextInt(127));
            return datagram;
        }

        int count() {
            return count.get();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
