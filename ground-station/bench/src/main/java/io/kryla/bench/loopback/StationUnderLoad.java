package io.kryla.bench.loopback;

import io.kryla.bench.reference.ReferenceTelemetry;
import io.kryla.codec.VehicleSample;
import io.kryla.ground.fleet.AirframeLink;
import io.kryla.ground.fleet.GroundStation;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.Digest;
import io.kryla.test.FakeAirframe;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A ground station and one airframe that publishes as fast as the station acknowledges: real set-up, real datagrams, the
 * agent that firmware embeds. Counted are samples that a subscriber saw ATTESTED.
 */
final class StationUnderLoad implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    /** Records under way: more than the agent's window, less than it keeps. */
    private static final long MOST_UNACKNOWLEDGED = 2_048;

    private static final long PAUSE_NANOS = 50_000;

    private final LongAdder attested = new LongAdder();
    private final VehicleSample sample = new VehicleSample();
    private final SendingThreads senders = new SendingThreads("kryla-link-", "kryla-sign-");
    private final GroundStation station;
    private final FakeAirframe airframe;
    private final AirframeLink link;
    private long published;
    private double garbageBytes;

    StationUnderLoad() {
        TestLicensor licensor = new TestLicensor();
        List<X509CRL> crls = licensor.crls().crls();
        station = GroundStation.builder()
                .identity(licensor.ground("ground-1"))
                .trust(licensor.bundle())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .crls(() -> crls)
                .ledgerCheckpoint(() -> Digest.sha256(new byte[] {1}))
                .clock(InstantSource.fixed(TestLicensor.NOW))
                .start();
        airframe = FakeAirframe.of(licensor, "KRYLA5BENCH").boot();
        CompletableFuture<AirframeLink> flight = station.nextFlight("KRYLA5BENCH", CONNECT);
        airframe.connect(station.boundAddress());
        link = flight.join();
        link.viewAttested((origin, record) -> attested.add(record.samples()));
    }

    /** Returns the samples attested for each second of the station's CPU time. */
    double run(int millis) {
        long startedAtNanos = System.nanoTime();
        long garbageBefore = senders.allocatedBytes();
        long publishedBefore = published;
        long cpuBefore = senders.receiverCpuNanos();
        long attestedBefore = attested.sum();
        while (System.nanoTime() - startedAtNanos < TimeUnit.MILLISECONDS.toNanos(millis)) {
            publishSome();
        }
        garbageBytes = (double) (senders.allocatedBytes() - garbageBefore) / (published - publishedBefore);
        double seconds = (senders.receiverCpuNanos() - cpuBefore) / 1e9;
        return (attested.sum() - attestedBefore) / seconds;
    }

    /** What the airframe's side allocated for each sample in the run before: its agent's threads, and the flight's. */
    double garbageBytes() {
        return garbageBytes;
    }

    private void publishSome() {
        long underWay = published / ReferenceTelemetry.SAMPLES_PER_DATAGRAM
                - link.state().nextLeafIndex();
        if (underWay > MOST_UNACKNOWLEDGED) {
            LockSupport.parkNanos(PAUSE_NANOS);
            return;
        }
        for (int i = 0; i < 64 * ReferenceTelemetry.SAMPLES_PER_DATAGRAM; i++) {
            airframe.agent().publish(ReferenceTelemetry.fill(sample, published++));
        }
    }

    @Override
    public void close() {
        airframe.close();
        station.close();
    }
}
