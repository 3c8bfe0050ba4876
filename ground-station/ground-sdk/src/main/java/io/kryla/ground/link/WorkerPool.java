package io.kryla.ground.link;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * As many threads as there are processors, for the tasks of any number of airframes; one more at each {@link #relieve} that
 * finds all of them stuck, up to {@value #MOST_THREADS}: whoever blocks holds up nobody else for long. Any thread.
 */
public final class WorkerPool implements Executor, AutoCloseable {
    private static final int MOST_THREADS = 256;
    private static final long KEEP_SECONDS = 10;

    private final int usualThreads;
    private final ThreadPoolExecutor pool;
    private long completed;

    /** With so many threads where none waits for another; more only where {@link #relieve} finds it stuck. */
    public WorkerPool(int usualThreads, ThreadFactory threads) {
        this.usualThreads = usualThreads;
        this.pool = new ThreadPoolExecutor(
                usualThreads, MOST_THREADS, KEEP_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /** To be called now and then by one thread: gives way where no task has ended since the last call though some wait. */
    public void relieve() {
        long now = pool.getCompletedTaskCount();
        int threads = pool.getCorePoolSize();
        boolean tasksWait = !pool.getQueue().isEmpty();
        if (tasksWait && now == completed && threads < MOST_THREADS) {
            pool.setCorePoolSize(threads + 1);
        } else if (!tasksWait && threads > usualThreads) {
            pool.setCorePoolSize(threads - 1);
        }
        completed = now;
    }

    /** Takes no more tasks; those that wait are still run. */
    @Override
    public void close() {
        pool.shutdown();
    }

    int threads() {
        return pool.getCorePoolSize();
    }
}
