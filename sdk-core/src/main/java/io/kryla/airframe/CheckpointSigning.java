package io.kryla.airframe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Signatures of checkpoints, one after the other and in order, off the flight thread: one takes as long as a hundred records do,
 * and in a secure element many times that. None is left out, so that the same flight has the same checkpoints; a flight that
 * outruns its signatures waits for them. The flight thread calls.
 */
final class CheckpointSigning {
    /** Then the flight waits. */
    private static final int MOST_WAITING = 16;

    private static final long IDLE_SECONDS = 10;

    private final Executor executor;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;
    private @Nullable RuntimeException failure;

    CheckpointSigning(Executor executor) {
        this.executor = executor;
    }

    /** On a thread of its own, which is there while checkpoints are. */
    static CheckpointSigning onOwnThread(String name) {
        ThreadPoolExecutor own =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        own.allowCoreThreadTimeOut(true);
        return new CheckpointSigning(own);
    }

    /**
     * Signs soon.
     *
     * @throws RuntimeException what an earlier signature threw, once
     */
    void add(Runnable signature) {
        synchronized (this) {
            awaitLess(MOST_WAITING);
            throwFailure();
            waiting.add(signature);
            if (running) {
                return;
            }
            running = true;
        }
        try {
            executor.execute(this::signAll);
        } catch (RejectedExecutionException e) {
            signAll();
        }
    }

    /** Returns when all that were added are signed. */
    synchronized void await() {
        awaitLess(1);
        throwFailure();
    }

    private void awaitLess(int most) {
        boolean interrupted = false;
        while (waiting.size() >= most || (running && most == 1)) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void throwFailure() {
        RuntimeException earlier = failure;
        if (earlier != null) {
            failure = null;
            throw earlier;
        }
    }

    private void signAll() {
        while (true) {
            Runnable next;
            synchronized (this) {
                next = waiting.poll();
                running = next != null;
                notifyAll();
            }
            if (next == null) {
                return;
            }
            try {
                next.run();
            } catch (RuntimeException e) {
                synchronized (this) {
                    failure = e;
                }
            }
        }
    }
}
