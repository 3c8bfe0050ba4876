package io.kryla.airframe;

import io.kryla.keys.KrylaException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link with one ground, on a thread of its own: sets a session up and pumps its datagrams until it ends; comes back after
 * a while if it is to stay. A session that grows old, or that is asked to, gets a successor while it goes on; it ends once the
 * ground has acknowledged something in the new one.
 */
final class GroundLink implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(GroundLink.class);
    private static final Duration LOOK_AROUND = Duration.ofMillis(200);
    /** While two sessions are up, each is looked at so often. */
    private static final Duration TURN = Duration.ofMillis(2);
    /** A session that lasted so long shows that the ground is well: the next attempt comes soon. */
    private static final long LASTING_NANOS = Duration.ofSeconds(10).toNanos();

    /** A session that is being set up beside the present one, and who asked for it. */
    private record Renewal(CompletableFuture<SessionOpener.Opened> opened, List<CompletableFuture<Void>> asking) {}

    private final GroundPath path;
    private final int seat;
    private final boolean stays;
    private final LinkParts parts;
    private final LongSupplier clock;
    private final Queue<CompletableFuture<Void>> waiting = new ConcurrentLinkedQueue<>();
    private final Backoff renewalBackoff;
    private Optional<Renewal> renewal = Optional.empty();
    private Optional<LiveSession> successor = Optional.empty();
    private long nextRenewalAtNanos;
    private volatile boolean closing;
    private boolean ended;

    /** @param stays whether to come back for ever, or to end with the first session or failure */
    GroundLink(GroundPath path, int seat, boolean stays, LinkParts parts) {
        this.path = path;
        this.seat = seat;
        this.stays = stays;
        this.parts = parts;
        this.clock = parts.monotonicNanos();
        this.renewalBackoff = new Backoff(parts.chance());
        this.nextRenewalAtNanos = clock.getAsLong();
    }

    String name() {
        return path.name();
    }

    /**
     * Any thread: completes with the next session that comes up, which is set up at once, or with the failure of the next
     * attempt; empty when the link has ended.
     */
    synchronized Optional<CompletableFuture<Void>> nextSession() {
        if (ended) {
            return Optional.empty();
        }
        CompletableFuture<Void> up = new CompletableFuture<>();
        waiting.add(up);
        notifyAll();
        return Optional.of(up);
    }

    /** Any thread; the link then ends soon. */
    synchronized void close() {
        closing = true;
        notifyAll();
    }

    @Override
    public void run() {
        Backoff backoff = new Backoff(parts.chance());
        do {
            long startedAtNanos = clock.getAsLong();
            List<CompletableFuture<Void>> asking = takeWaiting();
            try {
                serve(start(parts.opener().open(path), asking));
            } catch (KrylaException e) {
                LOG.info("no session with {}: {}: {}", name(), e.code(), e.getMessage());
                fail(asking, e);
            } catch (RuntimeException e) {
                LOG.error("the link with {} goes on after {}", name(), e.toString(), e);
                fail(asking, new KrylaException("LINK_FAILED", e.toString(), true, e));
            }
            if (clock.getAsLong() - startedAtNanos >= LASTING_NANOS) {
                backoff.reset();
            }
        } while (comesBack(backoff));
        fail(takeWaiting(), new KrylaException("LINK_ENDED", "the link with " + name() + " has ended", true));
    }

    /** Waits until it is time for the next attempt: at once when someone waits for it; false when there will be none. */
    private synchronized boolean comesBack(Backoff backoff) {
        long dueAtNanos = clock.getAsLong() + backoff.nextNanos();
        try {
            long left = dueAtNanos - clock.getAsLong();
            while (!closing && stays && waiting.isEmpty() && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = dueAtNanos - clock.getAsLong();
            }
        } catch (InterruptedException e) {
            closing = true;
        }
        ended = closing || (!stays && waiting.isEmpty());
        return !ended;
    }

    private void serve(LiveSession first) {
        LiveSession current = first;
        try {
            while (!closing) {
                current.pump(successor.isPresent() ? TURN : LOOK_AROUND, clock);
                successor.ifPresent(next -> next.pump(TURN, clock));
                renewIfDue(current);
                boolean ended = current.ended(clock.getAsLong());
                if (ended && successor.isEmpty() && renewal.isPresent()) {
                    awaitRenewal(renewal.get());
                    renewIfDue(current);
                }
                if (successor.isPresent() && (ended || successor.get().acknowledged())) {
                    current.close();
                    current = successor.get();
                    successor = Optional.empty();
                } else if (ended) {
                    LOG.info("session with {} ended: the ground closed it, fell silent, or it grew too old", name());
                    return;
                }
            }
        } finally {
            current.close();
            successor.ifPresent(LiveSession::close);
            successor = Optional.empty();
            renewal.ifPresent(late -> {
                late.opened.thenAccept(SessionOpener.Opened::close);
                fail(late.asking, new KrylaException("LINK_ENDED", "the link with " + name() + " has ended", true));
            });
            renewal = Optional.empty();
        }
    }

    /** A ground may end the old session as soon as the new one is set up, which then is only just being noticed here. */
    private void awaitRenewal(Renewal pending) {
        while (!closing && !pending.opened.isDone()) {
            pending.opened
                    .handle((opened, failed) -> failed == null)
                    .completeOnTimeout(false, LOOK_AROUND.toNanos(), TimeUnit.NANOSECONDS)
                    .join();
        }
    }

    private LiveSession start(SessionOpener.Opened opened, List<CompletableFuture<Void>> asking) {
        try {
            LiveSession session = new LiveSession(opened, path, seat, parts);
            LOG.info("session with {} is up", name());
            asking.forEach(up -> up.complete(null));
            return session;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void renewIfDue(LiveSession current) {
        long now = clock.getAsLong();
        if (renewal.isPresent()) {
            if (renewal.get().opened.isDone()) {
                succeed(renewal.get(), now);
                renewal = Optional.empty();
            }
        } else if (successor.isPresent()) {
            if (successor.get().ended(now)) {
                successor.get().close();
                successor = Optional.empty();
            }
        } else if (!waiting.isEmpty() || (current.wantsRenewal(now) && now - nextRenewalAtNanos >= 0)) {
            renewal = Optional.of(new Renewal(openInBackground(), takeWaiting()));
        }
    }

    private void succeed(Renewal done, long now) {
        try {
            successor = Optional.of(start(done.opened.join(), done.asking));
            renewalBackoff.reset();
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOG.info("the session with {} has no successor yet: {}", name(), cause.toString());
            nextRenewalAtNanos = now + renewalBackoff.nextNanos();
            fail(
                    done.asking,
                    cause instanceof KrylaException known
                            ? known
                            : new KrylaException("LINK_FAILED", cause.toString(), true, cause));
        }
    }

    /** Off this thread, since the present session goes on meanwhile. */
    private CompletableFuture<SessionOpener.Opened> openInBackground() {
        CompletableFuture<SessionOpener.Opened> opened = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        opened.complete(parts.opener().open(path));
                    } catch (RuntimeException e) {
                        opened.completeExceptionally(e);
                    }
                },
                "kryla-renewal");
        thread.setDaemon(true);
        thread.start();
        return opened;
    }

    /** Those who wait for the attempt that begins now; who comes later waits for the next. */
    private List<CompletableFuture<Void>> takeWaiting() {
        List<CompletableFuture<Void>> taken = new ArrayList<>();
        for (CompletableFuture<Void> up = waiting.poll(); up != null; up = waiting.poll()) {
            taken.add(up);
        }
        return taken;
    }

    private static void fail(List<CompletableFuture<Void>> asking, KrylaException reason) {
        asking.forEach(up -> up.completeExceptionally(reason));
    }
}
