package io.kryla.bench.load;

import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.AirframeAgentBuilder;
import io.kryla.bench.reference.ReferenceTelemetry;
import io.kryla.codec.VehicleSample;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.test.FakeIdentity;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** One airframe: the agent that firmware embeds, provisioned. Its flight methods belong to one thread. */
final class FlyingAirframe implements AutoCloseable {
    private final AirframeAgent agent;
    private final long epochNanos;
    private long published;

    /**
     * @param epochNanos where flight time begins on this machine's monotonic clock
     * @param settings what it has in common with others
     */
    FlyingAirframe(
            TestLicensor licensor,
            int number,
            LoadPlan plan,
            long epochNanos,
            Supplier<AirframeAgentBuilder> settings) {
        FakeIdentity identity = FakeIdentity.born(licensor, serial(number));
        this.epochNanos = epochNanos;
        this.agent = settings.get()
                .storage(identity.storage())
                .secureElement(identity.secureElement())
                .firmware(identity.firmware())
                .profiles(List.of(plan.profile()))
                .logMemory(plan.logMemory())
                .boot();
    }

    static String serial(int number) {
        return String.format(Locale.ROOT, "KRYL5%05d", number);
    }

    /** Comes back after a loss, as firmware does: a session that ends under load delays samples and loses none. */
    CompletableFuture<Void> stayConnected(InetSocketAddress ground) {
        return agent.stayConnected(ground);
    }

    /** @param sample the thread's, used again */
    void publish(VehicleSample sample) {
        ReferenceTelemetry.fill(sample, published++).flightTimeNanos(System.nanoTime() - epochNanos);
        agent.publish(sample);
    }

    /** Signs a checkpoint if one is due. */
    void passTime() {
        agent.advanceTo(System.nanoTime() - epochNanos);
    }

    @Override
    public void close() {
        agent.close();
    }
}
