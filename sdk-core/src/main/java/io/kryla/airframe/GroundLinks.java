package io.kryla.airframe;

import io.kryla.keys.KrylaException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The links with all grounds, at most {@value #MOST_LINKS}: one thread each, or all on a loop. Any thread. */
final class GroundLinks implements AutoCloseable {
    static final int MOST_LINKS = 8;
    private static final int MOST_SEATS = 64;
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LinkParts parts;
    private final String serial;
    private final Optional<SharedThreads> shared;
    private final Map<String, GroundLink> byName = new LinkedHashMap<>();
    private final Map<String, Integer> seats = new LinkedHashMap<>();
    private int nextSeat;
    private boolean closed;

    GroundLinks(LinkParts parts, String serial, Optional<SharedThreads> shared) {
        this.parts = parts;
        this.serial = serial;
        this.shared = shared;
    }

    /** A session with that ground now: the next one of the link there is, or the one session of a new link. */
    CompletableFuture<Void> connect(GroundPath path) {
        return link(path, false);
    }

    /** Keeps a session with that ground from now on. */
    CompletableFuture<Void> stayConnected(GroundPath path) {
        return link(path, true);
    }

    /** Whether there is a link with that ground, be it up or not. */
    synchronized boolean has(GroundPath path) {
        GroundLink present = byName.get(path.name());
        return present != null && !present.over().isDone();
    }

    private synchronized CompletableFuture<Void> link(GroundPath path, boolean stays) {
        GroundLink present = byName.get(path.name());
        Optional<CompletableFuture<Void>> next = present == null ? Optional.empty() : present.nextSession();
        if (next.isPresent()) {
            return next.get();
        }
        byName.remove(path.name());
        byName.values().removeIf(link -> link.over().isDone());
        if (closed || byName.size() >= MOST_LINKS) {
            return CompletableFuture.failedFuture(new KrylaException(
                    closed ? "AGENT_CLOSED" : "AGENT_BUSY",
                    "the agent is closed, or has links with " + MOST_LINKS + " grounds already",
                    !closed));
        }
        return shared.isPresent() ? startOn(shared.get(), path, stays) : startAlone(path, stays);
    }

    private CompletableFuture<Void> startOn(SharedThreads threads, GroundPath path, boolean stays) {
        LoopLinkThread thread = new LoopLinkThread(threads.loop(), threads.executor());
        GroundLink link = new GroundLink(path, seatOf(path.name()), stays, parts, thread);
        CompletableFuture<Void> up = link.nextSession().orElseThrow();
        byName.put(path.name(), link);
        thread.start(link);
        return up;
    }

    private CompletableFuture<Void> startAlone(GroundPath path, boolean stays) {
        OwnLinkThread thread = new OwnLinkThread("kryla-link-" + serial + "-" + path.name());
        GroundLink link = new GroundLink(path, seatOf(path.name()), stays, parts, thread);
        CompletableFuture<Void> up = link.nextSession().orElseThrow();
        byName.put(path.name(), link);
        thread.start(link);
        return up;
    }

    /** A ground that comes back takes its seat again, unless so many came since that it is forgotten. */
    private int seatOf(String name) {
        Integer known = seats.get(name);
        if (known != null) {
            return known;
        }
        if (seats.size() >= MOST_SEATS) {
            seats.remove(seats.keySet().iterator().next());
        }
        seats.put(name, nextSeat);
        return nextSeat++;
    }

    @Override
    public void close() {
        List<GroundLink> ending;
        synchronized (this) {
            closed = true;
            ending = List.copyOf(byName.values());
        }
        ending.forEach(GroundLink::close);
        try {
            CompletableFuture.allOf(ending.stream().map(GroundLink::over).toArray(CompletableFuture<?>[]::new))
                    .get(CLOSE_NANOS, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // A set-up that is under way gives up by itself.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
