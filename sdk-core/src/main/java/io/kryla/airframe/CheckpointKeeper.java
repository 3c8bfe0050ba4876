package io.kryla.airframe;

import io.kryla.keys.KrylaException;
import io.kryla.link.LinkLoop;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the newest checkpoint of each log durable once a second, so that neither flight nor links wait for the medium. */
final class CheckpointKeeper implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointKeeper.class);
    private static final long INTERVAL_SECONDS = 1;

    private final List<LogOutbox> logs;
    private final DurableCheckpoints durable;
    private final CountDownLatch closing = new CountDownLatch(1);

    CheckpointKeeper(Collection<LogOutbox> logs, DurableCheckpoints durable) {
        this.logs = List.copyOf(logs);
        this.durable = durable;
    }

    /** Flight thread, once the logs have ended: their heads are durable when it returns. */
    void keep() {
        durable.store(logs.stream()
                .flatMap(log -> log.checkpoints().newest().stream())
                .collect(Collectors.toList()));
    }

    void close() {
        closing.countDown();
    }

    @Override
    public void run() {
        try {
            while (!closing.await(INTERVAL_SECONDS, TimeUnit.SECONDS)) {
                keepOrWarn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepOrWarn() {
        try {
            keep();
        } catch (KrylaException e) {
            LOG.warn("the newest checkpoints are not durable: {}: {}", e.code(), e.getMessage());
        }
    }

    /** Runs on the executor in place of a thread, called for by the loop; until {@link #close}. */
    void runOn(SharedThreads threads) {
        AtomicBoolean underWay = new AtomicBoolean();
        threads.loop().add(() -> {
            if (closing.getCount() == 0) {
                return LinkLoop.LEAVES;
            }
            if (underWay.compareAndSet(false, true)) {
                threads.executor().execute(() -> {
                    underWay.set(false);
                    keepOrWarn();
                });
            }
            return TimeUnit.SECONDS.toNanos(INTERVAL_SECONDS);
        });
    }
}
