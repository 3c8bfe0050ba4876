package io.kryla.station.line;

import io.kryla.factory.bench.BenchDoor;
import io.kryla.factory.provisioning.ProvisioningEvent;
import io.kryla.factory.provisioning.ProvisioningListener;
import io.kryla.factory.provisioning.ProvisioningService;
import io.kryla.factory.provisioning.TestPlan;
import io.kryla.keys.KrylaException;
import io.kryla.station.outcome.CommandFailure;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * The service of one line: lets benches in, provisions the airframes that they start, and publishes what was born. Births are
 * published on a thread of their own, several at once when they come fast; one that could not be published is tried again
 * with the next and at the end.
 */
public final class LineService implements AutoCloseable {
    private static final long LAST_PUBLICATION_SECONDS = 60;

    /** Follows the work. Called by the service's threads, one at a time for each method. */
    public interface Watch extends ProvisioningListener {
        /** Everything that was born is published. */
        void onPublished();

        /** Births could not be published; what was acknowledged stands. */
        void onFault(Exception fault);
    }

    private final ProductionLine line;
    private final Watch watch;
    private final ProvisioningService provisioning;
    private final ExecutorService publisher =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "kryla-publication"));
    private final AtomicBoolean publicationDue = new AtomicBoolean();
    private final LongAdder born = new LongAdder();
    private final LongAdder refused = new LongAdder();

    private LineService(
            ProductionLine line, LineBadges badges, TestPlan testPlan, InetSocketAddress address, Watch watch) {
        this.line = line;
        this.watch = watch;
        BenchDoor door = new BenchDoor(badges.desk(), line.forBenches());
        this.provisioning = ProvisioningService.start(
                line.forProvisioning(door, testPlan),
                address,
                this::follow,
                listener -> listener.route(BenchDoor.ALPN, door.peerCheck(), door.handlers()));
    }

    /**
     * Listens at the address; port 0 takes a free one.
     *
     * @param line stays open until after {@link #close()}, and is closed by the caller
     * @param badges who may work at the benches
     * @throws KrylaException BIND_FAILED
     */
    public static LineService start(
            ProductionLine line, LineBadges badges, TestPlan testPlan, InetSocketAddress address, Watch watch) {
        return new LineService(line, badges, testPlan, address, watch);
    }

    public InetSocketAddress boundAddress() {
        return provisioning.boundAddress();
    }

    /** Births delivered since the start. */
    public long born() {
        return born.sum();
    }

    /** Conversations that ended in a refusal since the start. */
    public long refused() {
        return refused.sum();
    }

    private void follow(ProvisioningEvent event) {
        watch.on(event);
        if (event instanceof ProvisioningEvent.UnitBorn) {
            born.increment();
            if (publicationDue.compareAndSet(false, true)) {
                publisher.execute(this::publish);
            }
        } else if (event instanceof ProvisioningEvent.ConversationRefused) {
            refused.increment();
        }
    }

    private void publish() {
        publicationDue.set(false);
        try {
            new LinePublication(line).publish();
            watch.onPublished();
        } catch (KrylaException | CommandFailure | UncheckedIOException e) {
            watch.onFault(e);
        }
    }

    /**
     * Takes no more messages, then publishes what is left; a unit that was under way goes on when the service is back.
     */
    @Override
    public void close() {
        provisioning.close();
        if (born.sum() > 0) {
            publisher.execute(this::publish);
        }
        publisher.shutdown();
        try {
            var unused = publisher.awaitTermination(LAST_PUBLICATION_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
