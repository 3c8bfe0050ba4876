package io.kryla.airframe;

import io.kryla.keys.KrylaException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link with one ground: sets a session up and pumps its datagrams until it ends; comes back after a while if it is to stay.
 * A session that grows old, or that is asked to, gets a successor while it goes on; it ends once the ground has acknowledged
 * something in the new one. It goes on turn by turn, each on its link thread: one of its own, or a loop's that it shares.
 */
final class GroundLink {
    /** What a turn returns after which there is none. */
    static final long ENDED = -1;

    private static final String LINK_FAILED = "LINK_FAILED";
    private static final Logger LOG = LoggerFactory.getLogger(GroundLink.class);
    private static final long LOOK_AROUND_NANOS = Duration.ofMillis(200).toNanos();
    /** While two sessions are up, or one's path tells of no arrival, each is looked at so often. */
    private static final long TURN_NANOS = Duration.ofMillis(2).toNanos();
    /** A session that lasted so long shows that the ground is well: the next attempt comes soon. */
    private static final long LASTING_NANOS = Duration.ofSeconds(10).toNanos();

    /** A session that is being set up, and who asked for it. */
    private record Attempt(CompletableFuture<SessionOpener.Opened> opened, List<CompletableFuture<Void>> asking) {}

    private final GroundPath path;
    private final int seat;
    private final boolean stays;
    private final LinkParts parts;
    private final LinkThread thread;
    private final LongSupplier clock;
    private final Queue<CompletableFuture<Void>> waiting = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final Backoff backoff;
    private final Backoff renewalBackoff;
    private Optional<Attempt> opening = Optional.empty();
    private Optional<LiveSession> current = Optional.empty();
    private Optional<Attempt> renewal = Optional.empty();
    private Optional<LiveSession> successor = Optional.empty();
    private long attemptedAtNanos;
    private long nextAttemptAtNanos;
    private long nextRenewalAtNanos;
    private volatile boolean closing;
    private boolean ended;

    /** @param stays whether to come back for ever, or to end with the first session or failure */
    GroundLink(GroundPath path, int seat, boolean stays, LinkParts parts, LinkThread thread) {
        this.path = path;
        this.seat = seat;
        this.stays = stays;
        this.parts = parts;
        this.thread = thread;
        this.clock = parts.monotonicNanos();
        this.backoff = new Backoff(parts.chance());
        this.renewalBackoff = new Backoff(parts.chance());
        this.nextAttemptAtNanos = clock.getAsLong();
        this.nextRenewalAtNanos = nextAttemptAtNanos;
    }

    String name() {
        return path.name();
    }

    /**
     * Any thread: completes with the next session that comes up, which is set up at once, or with the failure of the next
     * attempt; empty when the link has ended.
     */
    Optional<CompletableFuture<Void>> nextSession() {
        CompletableFuture<Void> up = new CompletableFuture<>();
        synchronized (this) {
            if (ended) {
                return Optional.empty();
            }
            waiting.add(up);
        }
        thread.wakeup();
        return Optional.of(up);
    }

    /** Any thread; the link then ends soon. */
    void close() {
        closing = true;
        thread.wakeup();
    }

    /** Completes when the link has ended. */
    CompletableFuture<Void> over() {
        return over;
    }

    /** The session whose datagrams there are to wait for. */
    Optional<LiveSession> current() {
        return current;
    }

    /** Takes what arrived in the sessions that are up, after waiting for it at most so long. */
    void receive(Duration most) {
        boolean two = successor.isPresent();
        Duration turn = two && most.toNanos() > TURN_NANOS ? Duration.ofNanos(TURN_NANOS) : most;
        current.ifPresent(session -> session.receive(turn, clock));
        successor.ifPresent(session -> session.receive(turn, clock));
    }

    /**
     * Does what is due, and waits for nothing but for a set-up where that runs on the link thread.
     *
     * @return for how many nanoseconds nothing more is due, unless the link is woken or a datagram arrives; {@link #ENDED}
     */
    long turn() {
        try {
            if (!closing) {
                return goOn(clock.getAsLong());
            }
        } catch (RuntimeException e) {
            LOG.error("the link with {} goes on after {}", name(), e.toString(), e);
            return breakOff();
        }
        endSessions();
        return endUnlessAskedFor() ? ENDED : 0;
    }

    private long goOn(long now) {
        if (current.isPresent()) {
            return serve(current.get(), now);
        }
        if (opening.isEmpty() && (!waiting.isEmpty() || now - nextAttemptAtNanos >= 0)) {
            attemptedAtNanos = now;
            opening = Optional.of(attempt(thread.setUps()));
        }
        if (opening.isEmpty()) {
            return Math.max(1, nextAttemptAtNanos - now);
        }
        return opening.get().opened.isDone() ? begin(opening.get()) : LOOK_AROUND_NANOS;
    }

    private long begin(Attempt done) {
        opening = Optional.empty();
        try {
            current = Optional.of(start(done));
            return 0;
        } catch (RuntimeException e) {
            KrylaException reason = reasonOf(e);
            if (reason.code().equals(LINK_FAILED)) {
                LOG.error("the link with {} goes on after {}", name(), reason.getMessage(), e);
            } else {
                LOG.info("no session with {}: {}: {}", name(), reason.code(), reason.getMessage());
            }
            fail(done.asking, reason);
            return breakOff();
        }
    }

    /** The session is over, or there was none: waits for the next attempt, if there is to be one. */
    private long breakOff() {
        endSessions();
        long now = clock.getAsLong();
        if (now - attemptedAtNanos >= LASTING_NANOS) {
            backoff.reset();
        }
        nextAttemptAtNanos = now + backoff.nextNanos();
        return !stays && endUnlessAskedFor() ? ENDED : 0;
    }

    private boolean endUnlessAskedFor() {
        synchronized (this) {
            ended = closing || waiting.isEmpty();
            if (!ended) {
                return false;
            }
        }
        fail(takeWaiting(), new KrylaException("LINK_ENDED", "the link with " + name() + " has ended", true));
        over.complete(null);
        return true;
    }

    private long serve(LiveSession session, long now) {
        renewIfDue(session, now);
        boolean over = session.ended(now);
        if (over && successor.isEmpty() && renewal.isPresent()) {
            // A ground may end the old session as soon as the new one is set up, which then is only just being noticed
            // here.
            return LOOK_AROUND_NANOS;
        }
        if (successor.isPresent() && (over || successor.get().acknowledged())) {
            session.close();
            current = successor;
            successor = Optional.empty();
            return 0;
        }
        if (over) {
            LOG.info("session with {} ended: the ground closed it, fell silent, or it grew too old", name());
            return breakOff();
        }
        long idleNanos = Math.min(LOOK_AROUND_NANOS, session.send(now));
        return successor.isPresent() ? Math.min(idleNanos, successor.get().send(now)) : idleNanos;
    }

    private void endSessions() {
        KrylaException over = new KrylaException("LINK_ENDED", "the link with " + name() + " has ended", true);
        current.ifPresent(LiveSession::close);
        successor.ifPresent(LiveSession::close);
        for (Optional<Attempt> pending : List.of(opening, renewal)) {
            pending.ifPresent(late -> {
                late.opened.thenAccept(SessionOpener.Opened::close);
                fail(late.asking, over);
            });
        }
        current = Optional.empty();
        successor = Optional.empty();
        opening = Optional.empty();
        renewal = Optional.empty();
    }

    /** Throws what the set-up threw. */
    private LiveSession start(Attempt done) {
        SessionOpener.Opened opened = done.opened.join();
        try {
            LiveSession session = new LiveSession(opened, path, seat, parts, thread);
            LOG.info("session with {} is up", name());
            done.asking.forEach(up -> up.complete(null));
            return session;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void renewIfDue(LiveSession session, long now) {
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
        } else if (!waiting.isEmpty() || (session.wantsRenewal(now) && now - nextRenewalAtNanos >= 0)) {
            renewal = Optional.of(attempt(thread.renewals()));
        }
    }

    private void succeed(Attempt done, long now) {
        try {
            successor = Optional.of(start(done));
            renewalBackoff.reset();
        } catch (RuntimeException e) {
            KrylaException reason = reasonOf(e);
            LOG.info("the session with {} has no successor yet: {}", name(), reason.toString());
            nextRenewalAtNanos = now + renewalBackoff.nextNanos();
            fail(done.asking, reason);
        }
    }

    private Attempt attempt(Executor where) {
        Attempt attempt = new Attempt(new CompletableFuture<>(), takeWaiting());
        try {
            where.execute(() -> {
                try {
                    attempt.opened.complete(parts.opener().open(path));
                } catch (RuntimeException e) {
                    attempt.opened.completeExceptionally(e);
                }
                thread.wakeup();
            });
        } catch (RejectedExecutionException e) {
            attempt.opened.completeExceptionally(e);
        }
        return attempt;
    }

    private static KrylaException reasonOf(RuntimeException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (failure instanceof KrylaException known) {
            return known;
        }
        return cause instanceof KrylaException known
                ? known
                : new KrylaException(LINK_FAILED, cause.toString(), true, cause);
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

    /** Whether the link has to be looked at so often, since no one tells of arrivals. */
    long mostIdleNanos() {
        boolean told = current.map(LiveSession::tellsOfArrivals).orElse(true)
                && successor.map(LiveSession::tellsOfArrivals).orElse(true);
        return told ? Long.MAX_VALUE : TURN_NANOS;
    }
}
