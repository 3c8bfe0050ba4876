package io.kryla.ground.fleet;

import io.kryla.ground.link.WorkerPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A station's threads: its own, which end with it, or the caller's, which it only uses. Workers verify and call listeners;
 * delivery calls subscribers; the clock ticks.
 */
final class StationThreads implements AutoCloseable {
    private final Executor workers;
    private final Executor delivery;
    private final ScheduledExecutorService clock;
    private final Optional<WorkerPool> ownWorkers;
    private final List<ExecutorService> own = new ArrayList<>();
    private final List<Future<?>> ticks = new ArrayList<>();

    /**
     * @param executor the caller's, for workers and delivery
     * @param eventLoops the caller's, for the clock
     * @throws IllegalArgumentException if the executor runs tasks in the thread that hands them over
     */
    StationThreads(Optional<Executor> executor, Optional<ScheduledExecutorService> eventLoops) {
        if (executor.isPresent()) {
            refuseCallersThread(executor.get());
            ownWorkers = Optional.empty();
            workers = executor.get();
            delivery = executor.get();
        } else {
            WorkerPool pool = new WorkerPool(Runtime.getRuntime().availableProcessors(), named("kryla-airframe"));
            ExecutorService cached = Executors.newCachedThreadPool(named("kryla-delivery"));
            ownWorkers = Optional.of(pool);
            workers = pool;
            delivery = cached;
            own.add(cached);
        }
        if (eventLoops.isPresent()) {
            clock = eventLoops.get();
        } else {
            ScheduledThreadPoolExecutor ticking = new ScheduledThreadPoolExecutor(1, named("kryla-tick"));
            ticking.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
            clock = ticking;
            own.add(ticking);
        }
    }

    /** The network's thread would verify and call listeners, and locks would be taken out of order. */
    private static void refuseCallersThread(Executor executor) {
        Thread here = Thread.currentThread();
        AtomicBoolean handedOver = new AtomicBoolean();
        AtomicBoolean ranHere = new AtomicBoolean();
        executor.execute(() -> ranHere.set(!handedOver.get() && Thread.currentThread() == here));
        handedOver.set(true);
        if (ranHere.get()) {
            throw new IllegalArgumentException(
                    "executor: one with threads of its own expected, got one that runs tasks in its caller's");
        }
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    Executor workers() {
        return workers;
    }

    Executor delivery() {
        return delivery;
    }

    /** Until {@link #close}. */
    void every(Duration interval, Duration first, Runnable task) {
        ticks.add(clock.scheduleAtFixedRate(task, first.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS));
    }

    void after(Duration delay, Runnable task) {
        clock.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Own workers that are all stuck get company; the caller's are the caller's concern. */
    void relieve() {
        ownWorkers.ifPresent(WorkerPool::relieve);
    }

    /** Stops the clock. Own threads end once they have done what waits. */
    @Override
    public void close() {
        ticks.forEach(tick -> tick.cancel(false));
        ownWorkers.ifPresent(WorkerPool::close);
        own.forEach(ExecutorService::shutdown);
    }
}
