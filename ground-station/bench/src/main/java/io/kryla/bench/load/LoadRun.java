package io.kryla.bench.load;

import com.sun.management.OperatingSystemMXBean;
import io.kryla.bench.load.AirframeProcess.Flown;
import io.kryla.ground.fleet.GroundStation;
import io.kryla.ground.link.ListenerCaps;
import io.kryla.ground.stream.AuthenticSample;
import io.kryla.ground.stream.SampleKind;
import io.kryla.ground.stream.StreamSubscription;
import io.kryla.ground.stream.TelemetryStream;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.Digest;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import io.kryla.v1.VehicleState;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * One ground station in this process, its airframes in another. The subscriber is one listener of all vehicle states of all
 * airframes, as a display or a bridge is; latency is measured there, on the monotonic clock that both processes share.
 */
public final class LoadRun {
    private static final long ARRIVAL_SECONDS = 10;
    private static final long LOOK_NANOS = 20_000_000;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int DIGITS = 3;
    private static final int COLLECTIONS = 3;

    private final LoadPlan plan;
    private final PrintWriter progress;
    private final LongAdder verified = new LongAdder();
    private final LongAdder attested = new LongAdder();
    private final Histogram latencies = new Histogram(LONGEST_NANOS, DIGITS);
    private volatile boolean counting;

    /** @param progress hears what is going on */
    public LoadRun(LoadPlan plan, PrintWriter progress) {
        this.plan = plan;
        this.progress = progress;
    }

    public LoadResult run() throws IOException {
        SoftwareSigner key = SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P256_SHA256, new SecureRandom());
        try (AirframeProcess airframes = AirframeProcess.start()) {
            TrustPapers papers = airframes.begin(plan, key.key());
            try (GroundStation station = station(papers, key)) {
                say("making " + plan.airframes() + " airframes");
                long epochNanos = airframes.awaitEpochNanos();
                station.onAirframe(link -> link.viewAttested((origin, record) -> attested.add(record.samples())));
                TelemetryStream<AuthenticSample<VehicleState>> states = station.authentic(SampleKind.VEHICLE_STATE);
                try (StreamSubscription subscription =
                        states.failAfter(TelemetryStream.LARGEST_BUFFER).listen(sample -> take(sample, epochNanos))) {
                    say("connecting");
                    airframes.connect(station.boundAddress().getPort());
                    return fly(airframes);
                }
            }
        }
    }

    private GroundStation station(TrustPapers papers, SoftwareSigner key) {
        return GroundStation.builder()
                .identity(new TlsIdentity(key, papers.ground()))
                .trust(papers.open())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .crls(papers::crls)
                .ledgerCheckpoint(() -> Digest.sha256(new byte[] {1}))
                .clock(InstantSource.fixed(TestLicensor.NOW))
                .caps(ListenerCaps.STANDARD.forPeers(plan.airframes()))
                .start();
    }

    private void take(AuthenticSample<VehicleState> sample, long epochNanos) {
        verified.increment();
        if (counting) {
            long nanos = System.nanoTime() - epochNanos - sample.flightTime().toNanos();
            latencies.recordValue(Math.max(0, Math.min(LONGEST_NANOS, nanos)));
        }
    }

    private LoadResult fly(AirframeProcess airframes) throws IOException {
        say("flying, " + plan.warmUpSeconds() + " s to warm up");
        long warmUp = airframes.fly(plan.warmUpSeconds()).samples();
        awaitArrival(warmUp);
        long verifiedBefore = verified.sum();
        long attestedBefore = attested.sum();
        long heapBegin = heapBytes();

        say("flying, " + plan.seconds() + " s");
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpuBefore = system.getProcessCpuTime();
        counting = true;
        Flown flown = airframes.fly(plan.seconds());
        awaitArrival(warmUp + flown.samples());
        counting = false;
        double cpuSeconds = (system.getProcessCpuTime() - cpuBefore) / 1e9;
        long taken = verified.sum() - verifiedBefore;
        return new LoadResult(
                plan,
                plan.warmUpSeconds(),
                flown.samples(),
                taken,
                attested.sum() - attestedBefore,
                flown.samples() - taken,
                millis(latencies.getValueAtPercentile(50)),
                millis(latencies.getValueAtPercentile(99)),
                millis(latencies.getMaxValue()),
                heapBegin,
                heapBytes(),
                rounded(cpuSeconds / plan.seconds()),
                rounded(flown.cpuSeconds() / plan.seconds()));
    }

    /** Until all of it is under checkpoints, but not for ever. */
    private void awaitArrival(long samples) {
        long startNanos = System.nanoTime();
        while (attested.sum() < samples && System.nanoTime() - startNanos < TimeUnit.SECONDS.toNanos(ARRIVAL_SECONDS)) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static long heapBytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static double millis(long nanos) {
        return rounded(nanos / 1e6);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private void say(String what) {
        progress.println(what);
        progress.flush();
    }
}
