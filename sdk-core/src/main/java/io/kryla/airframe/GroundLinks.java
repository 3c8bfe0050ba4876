package io.kryla.airframe;

import io.kryla.keys.KrylaException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The links with all grounds, one thread each, at most {@value #MOST_LINKS}. Any thread. */
final class GroundLinks implements AutoCloseable {
    static final int MOST_LINKS = 8;
    private static final int MOST_SEATS = 64;
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private record Running(GroundLink link, Thread thread) {}

    private final LinkParts parts;
    private final String serial;
    private final Map<String, Running> byName = new LinkedHashMap<>();
    private final Map<String, Integer> seats = new LinkedHashMap<>();
    private int nextSeat;
    private boolean closed;

    GroundLinks(LinkParts parts, String serial) {
        this.parts = parts;
        this.serial = serial;
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
        Running present = byName.get(path.name());
        return present != null && present.thread.isAlive();
    }

    private synchronized CompletableFuture<Void> link(GroundPath path, boolean stays) {
        Running present = byName.get(path.name());
        Optional<CompletableFuture<Void>> next = present == null ? Optional.empty() : present.link.nextSession();
        if (next.isPresent()) {
            return next.get();
        }
        byName.remove(path.name());
        byName.values().removeIf(running -> !running.thread.isAlive());
        if (closed || byName.size() >= MOST_LINKS) {
            return CompletableFuture.failedFuture(new KrylaException(
                    closed ? "AGENT_CLOSED" : "AGENT_BUSY",
                    "the agent is closed, or has links with " + MOST_LINKS + " grounds already",
                    !closed));
        }
        GroundLink link = new GroundLink(path, seatOf(path.name()), stays, parts);
        CompletableFuture<Void> up = link.nextSession().orElseThrow();
        Thread thread = new Thread(link, "kryla-link-" + serial + "-" + path.name());
        thread.setDaemon(true);
        byName.put(path.name(), new Running(link, thread));
        thread.start();
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
        Map<String, Running> ending;
        synchronized (this) {
            closed = true;
            ending = Map.copyOf(byName);
        }
        ending.values().forEach(running -> running.link.close());
        long deadline = parts.monotonicNanos().getAsLong() + CLOSE_NANOS;
        for (Running running : ending.values()) {
            try {
                running.thread.join(Math.max(
                        1,
                        TimeUnit.NANOSECONDS.toMillis(
                                deadline - parts.monotonicNanos().getAsLong())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
