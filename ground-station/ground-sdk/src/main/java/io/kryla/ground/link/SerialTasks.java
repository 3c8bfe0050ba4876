package io.kryla.ground.link;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one after the other, in order, on threads borrowed from a pool. Any thread may add. */
public final class SerialTasks {
    private static final Logger LOG = LoggerFactory.getLogger(SerialTasks.class);

    /** Then others that share the pool have theirs. */
    private static final int TASKS_A_TURN = 64;

    private final Runnable turn = this::runSome;
    private final Executor pool;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    /** Borrows threads of the executor, one at a time. */
    public SerialTasks(Executor pool) {
        this.pool = pool;
    }

    /** Returns false, and forgets the task, when the pool has ended. */
    public boolean add(Runnable task) {
        synchronized (waiting) {
            waiting.add(task);
            if (running) {
                return true;
            }
            running = true;
        }
        return schedule();
    }

    private boolean schedule() {
        try {
            pool.execute(turn);
            return true;
        } catch (RejectedExecutionException e) {
            synchronized (waiting) {
                waiting.clear();
                running = false;
            }
            return false;
        }
    }

    /** How many wait; what runs is not counted. */
    public int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private void runSome() {
        for (int i = 0; i < TASKS_A_TURN; i++) {
            Runnable next;
            synchronized (waiting) {
                next = waiting.poll();
                if (next == null) {
                    running = false;
                    return;
                }
            }
            try {
                next.run();
            } catch (RuntimeException e) {
                LOG.error("a task failed; the next ones run all the same", e);
            }
        }
        schedule();
    }
}
