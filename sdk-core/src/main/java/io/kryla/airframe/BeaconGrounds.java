package io.kryla.airframe;

import io.kryla.link.DatagramLink;
import io.kryla.link.UdpListener;
import io.kryla.session.BeaconMessage;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for beacons and tries the addresses they name: one at a time, at most one a second, and at most {@value
 * #MOST_SESSIONS} sessions in all. Links with configured grounds have their own threads and places, so that no beacon can keep
 * them waiting. A thread of its own.
 */
final class BeaconGrounds implements Runnable, AutoCloseable {
    static final int MOST_SESSIONS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(BeaconGrounds.class);
    private static final Duration LOOK_AROUND = Duration.ofMillis(200);
    private static final long BETWEEN_ATTEMPTS_NANOS = Duration.ofSeconds(1).toNanos();
    /** Then it is time to look at attempts again, whatever floods the port. */
    private static final int MOST_AT_ONCE = 64;

    private final UdpListener listener;
    private final GroundLinks links;
    private final Function<InetSocketAddress, GroundPath> paths;
    private final BeaconCandidates candidates;
    private final LongSupplier clock;
    private final LongAdder ignored = new LongAdder();
    private final List<InetSocketAddress> found = new ArrayList<>();
    private Optional<CompletableFuture<Void>> attempt = Optional.empty();
    private long attemptedAtNanos;
    private volatile boolean closing;

    BeaconGrounds(
            UdpListener listener,
            GroundLinks links,
            Function<InetSocketAddress, GroundPath> paths,
            BeaconCandidates candidates,
            LongSupplier clock) {
        this.listener = listener;
        this.links = links;
        this.paths = paths;
        this.candidates = candidates;
        this.clock = clock;
        this.attemptedAtNanos = clock.getAsLong() - BETWEEN_ATTEMPTS_NANOS;
    }

    /** Datagrams that were no beacons, and addresses for which there was no place. Any thread. */
    long ignored() {
        return ignored.sum();
    }

    InetSocketAddress localAddress() {
        return listener.localAddress();
    }

    @Override
    public void run() {
        byte[] buffer = new byte[BeaconMessage.MAX_BYTES + 1];
        while (!closing) {
            try {
                listen(buffer);
                judgeAttempt();
                tryNext();
            } catch (UncheckedIOException e) {
                if (!closing) {
                    LOG.warn("no more beacons are heard: {}", e.toString());
                }
                return;
            }
        }
    }

    private void listen(byte[] buffer) {
        int length = listener.receive(buffer, LOOK_AROUND);
        for (int taken = 1; length != DatagramLink.NOTHING; taken++) {
            InetAddress sender = listener.sender().orElseThrow().getAddress();
            Optional<InetSocketAddress> named = BeaconMessage.parse(buffer, length, sender);
            if (named.isEmpty() || !candidates.heard(named.get(), sender, clock.getAsLong())) {
                ignored.increment();
            }
            length = taken < MOST_AT_ONCE ? listener.receive(buffer, Duration.ZERO) : DatagramLink.NOTHING;
        }
    }

    private void judgeAttempt() {
        if (attempt.isEmpty() || !attempt.get().isDone()) {
            return;
        }
        InetSocketAddress tried = found.get(found.size() - 1);
        if (attempt.get().isCompletedExceptionally()) {
            candidates.failed(tried, clock.getAsLong());
            found.remove(tried);
        } else {
            candidates.proven(tried);
        }
        attempt = Optional.empty();
    }

    private void tryNext() {
        long now = clock.getAsLong();
        if (attempt.isPresent() || now - attemptedAtNanos < BETWEEN_ATTEMPTS_NANOS) {
            return;
        }
        found.removeIf(address -> !links.has(paths.apply(address)));
        if (found.size() >= MOST_SESSIONS) {
            return;
        }
        candidates.next(now).ifPresent(address -> {
            attemptedAtNanos = now;
            GroundPath path = paths.apply(address);
            if (links.has(path)) {
                candidates.failed(address, now);
                return;
            }
            found.add(address);
            attempt = Optional.of(links.connect(path));
        });
    }

    @Override
    public void close() {
        closing = true;
        listener.close();
    }
}
