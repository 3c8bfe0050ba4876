package io.kryla.bench.load;

import com.sun.management.OperatingSystemMXBean;
import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.AirframeAgentBuilder;
import io.kryla.identity.fixture.CertificateDraft;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.VerificationKey;
import io.kryla.link.LinkLoop;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The airframes' process, and that of the licensor who made them. Its standard input and output are the pipe to the ground's
 * process, which asks step by step; see {@link AirframeProcess}.
 */
final class Airframes {
    /** Of airframes that set up their session at the same time: fewer than a station lets strangers in. */
    private static final int CONNECTING = 16;

    private final DataInputStream in;
    private final DataOutputStream out;
    private final TestLicensor licensor = new TestLicensor();
    private final long epochNanos = System.nanoTime();
    private final List<FlyingAirframe> airframes = new ArrayList<>();
    private final List<FlightThread> threads = new ArrayList<>();
    private final SecureRandom random = new SecureRandom();
    private final LinkLoop loop = LinkLoop.open(System::nanoTime);
    /** Set-ups block: as many threads as are under way at the same time, and one for storage. */
    private final ExecutorService blocking =
            Executors.newFixedThreadPool(CONNECTING + 1, task -> daemon(task, "blocking"));

    private Airframes(DataInputStream in, DataOutputStream out) {
        this.in = in;
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
        // Nothing that a library may print gets into the pipe.
        System.setOut(System.err);
        new Airframes(in, out).serve();
        // Links that have not noticed yet do not keep the process.
        Runtime.getRuntime().halt(0);
    }

    private void serve() throws Exception {
        LoadPlan plan = LoadPlan.read(in);
        daemon(loop, "links").start();
        giveTrust();
        for (int i = 0; i < plan.airframes(); i++) {
            airframes.add(new FlyingAirframe(licensor, i, plan, epochNanos, this::settings));
        }
        out.writeLong(epochNanos);
        out.flush();

        connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), in.readInt()));
        done(0);
        seat(plan);
        for (int seconds = in.readInt(); seconds > 0; seconds = in.readInt()) {
            OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long cpuBefore = system.getProcessCpuTime();
            long periods = (long) seconds * plan.rateHz();
            onEachThread(thread -> thread.fly(periods));
            onEachThread(thread -> thread.signCheckpoints(plan));
            out.writeLong(system.getProcessCpuTime() - cpuBefore);
            done(periods * plan.airframes());
        }
    }

    /** What all airframes have in common: threads above all. */
    private AirframeAgentBuilder settings() {
        return AirframeAgent.builder()
                .clock(InstantSource.fixed(TestLicensor.NOW))
                .monotonicNanos(System::nanoTime)
                .random(random)
                .threads(loop, blocking);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void giveTrust() throws IOException {
        VerificationKey ground =
                VerificationKey.fromSpki(TrustPapers.readBytes(in)).orElseThrow();
        new TrustPapers(
                        licensor.root().certificate(),
                        licensor.standingBundle(),
                        licensor.operationsCa()
                                .issue(CertificateDraft.role("Owner", "ground-1", TestLicensor.GROUND_OID), ground),
                        licensor.crls().crls())
                .write(out);
        out.flush();
    }

    private void connect(InetSocketAddress ground) throws InterruptedException {
        Semaphore connecting = new Semaphore(CONNECTING);
        List<CompletableFuture<Void>> sessions = new ArrayList<>();
        for (FlyingAirframe airframe : airframes) {
            connecting.acquire();
            sessions.add(airframe.stayConnected(ground).whenComplete((up, failed) -> connecting.release()));
        }
        sessions.forEach(CompletableFuture::join);
    }

    private void seat(LoadPlan plan) {
        RandomGenerator chance = RandomGeneratorFactory.of("L64X128MixRandom").create(plan.seed());
        int count = Math.min(Runtime.getRuntime().availableProcessors(), airframes.size());
        for (int i = 0; i < count; i++) {
            List<FlyingAirframe> own = new ArrayList<>();
            for (int j = i; j < airframes.size(); j += count) {
                own.add(airframes.get(j));
            }
            threads.add(new FlightThread(own, plan.rateHz(), chance));
        }
    }

    /** Each airframe is always flown by the same one of them, and one flight is over before the next begins. */
    private void onEachThread(Consumer<FlightThread> call) {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (FlightThread thread : threads) {
            CompletableFuture<Void> over = new CompletableFuture<>();
            running.add(over);
            new Thread(
                            () -> {
                                try {
                                    call.accept(thread);
                                    over.complete(null);
                                } catch (RuntimeException e) {
                                    over.completeExceptionally(e);
                                }
                            },
                            "flight")
                    .start();
        }
        running.forEach(CompletableFuture::join);
    }

    private void done(long samples) throws IOException {
        out.writeLong(samples);
        out.flush();
    }
}
