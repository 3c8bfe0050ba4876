package io.kryla.ground.fleet;

import io.kryla.ground.link.SerialTasks;
import io.kryla.v1.Command;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command on its way: answered, then perhaps progressing, then ended. Its futures complete normally whatever happens, on
 * delivery threads, and always within the times that were given. Any thread.
 */
public final class SentCommand {
    private static final Logger LOG = LoggerFactory.getLogger(SentCommand.class);

    private final Command command;
    private final SerialTasks delivery;
    private final CompletableFuture<CommandAnswer> answer = new CompletableFuture<>();
    private final CompletableFuture<CommandOutcome> outcome = new CompletableFuture<>();
    private final List<ProgressListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Progress> newest = new AtomicReference<>();

    private record Progress(double ratio, long leafIndex) {}

    SentCommand(Command command, Executor delivery) {
        this.command = command;
        this.delivery = new SerialTasks(delivery);
    }

    /** As it is sent, with its id. */
    public Command command() {
        return command;
    }

    /** Completes within the time that was given for the answer: see {@link AirframeLink#send}. */
    public CompletableFuture<CommandAnswer> answer() {
        return answer.copy();
    }

    /** Completes within the time that was given for the outcome, after {@link #answer} and after the last progress was heard. */
    public CompletableFuture<CommandOutcome> outcome() {
        return outcome.copy();
    }

    /** Hears of the newest progress so far, and of each step from then on. Returns this. */
    public SentCommand onProgress(ProgressListener listener) {
        run(() -> {
            Progress known = newest.get();
            listeners.add(listener);
            if (known != null) {
                tell(listener, known);
            }
        });
        return this;
    }

    void progressed(double ratio, long leafIndex) {
        run(() -> {
            Progress step = new Progress(ratio, leafIndex);
            newest.set(step);
            listeners.forEach(listener -> tell(listener, step));
        });
    }

    void answered(CommandAnswer with) {
        run(() -> answer.complete(with));
    }

    void ended(CommandOutcome with) {
        run(() -> outcome.complete(with));
    }

    /** In order, off the link's worker; when the station's threads have ended, in the caller's. */
    private void run(Runnable step) {
        if (!delivery.add(step)) {
            step.run();
        }
    }

    private static void tell(ProgressListener listener, Progress step) {
        try {
            listener.onProgress(step.ratio(), step.leafIndex());
        } catch (RuntimeException e) {
            LOG.warn("a progress listener failed", e);
        }
    }
}
