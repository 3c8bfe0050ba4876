package io.kryla.ground.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WorkerPoolTest {
    private final WorkerPool pool = new WorkerPool(2, Thread::new);
    private final CountDownLatch stuck = new CountDownLatch(1);

    @AfterEach
    void close() {
        stuck.countDown();
        pool.close();
    }

    @Test
    void whoeverBlocksHoldsUpNobodyElseForLong() throws Exception {
        CountDownLatch others = new CountDownLatch(100);
        for (int i = 0; i < 5; i++) {
            pool.execute(this::block);
        }
        for (int i = 0; i < 100; i++) {
            pool.execute(others::countDown);
        }
        while (!others.await(5, TimeUnit.MILLISECONDS)) {
            pool.relieve();
        }
        assertThat(pool.threads()).isGreaterThan(2);

        stuck.countDown();
        while (pool.threads() > 2) {
            pool.relieve();
        }
    }

    @Test
    void aBusyOwnerLetsOthersHaveTheirTurn() throws Exception {
        WorkerPool one = new WorkerPool(1, Thread::new);
        try {
            SerialTasks busy = new SerialTasks(one);
            AtomicInteger done = new AtomicInteger();
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            busy.add(() -> {
                begun.countDown();
                awaitQuietly(go);
            });
            for (int i = 0; i < 1000; i++) {
                busy.add(done::incrementAndGet);
            }
            begun.await();
            AtomicInteger doneBeforeTheOther = new AtomicInteger();
            CountDownLatch other = new CountDownLatch(1);
            one.execute(() -> {
                doneBeforeTheOther.set(done.get());
                other.countDown();
            });
            go.countDown();
            other.await();
            assertThat(doneBeforeTheOther).hasValueLessThan(1000);
        } finally {
            one.close();
        }
    }

    private void block() {
        awaitQuietly(stuck);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
