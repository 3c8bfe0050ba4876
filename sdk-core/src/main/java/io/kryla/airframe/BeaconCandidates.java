package io.kryla.airframe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Addresses that beacons named and that are worth a try, at most {@value #MOST}. Beacons are anybody's, so places are shared
 * fairly: a new address takes the place of one that was not heard for a while, or of one of the sender that has most of them,
 * and never that of one that has turned out to be a ground. Who floods pushes out its own; who forges senders as well has one
 * chance in so many as it forges. On the link clock. Not thread-safe.
 */
final class BeaconCandidates {
    static final int MOST = 16;
    /** A ground sends once a second; one that was not heard for so long may be gone, and is not tried. */
    static final long STALE_NANOS = Duration.ofSeconds(5).toNanos();

    private static final class Candidate {
        private final InetSocketAddress address;
        private final InetAddress sender;
        private final Backoff backoff;
        private long heardAtNanos;
        private long nextAttemptAtNanos;
        private boolean proven;
        private int failures;

        Candidate(InetSocketAddress address, InetAddress sender, Backoff backoff, long nowNanos) {
            this.address = address;
            this.sender = sender;
            this.backoff = backoff;
            this.heardAtNanos = nowNanos;
            this.nextAttemptAtNanos = nowNanos;
        }
    }

    private final RandomGenerator chance;
    private final Map<InetSocketAddress, Candidate> byAddress = new LinkedHashMap<>();

    /** @param chance of the jitter, and of which one makes room among equals */
    BeaconCandidates(RandomGenerator chance) {
        this.chance = chance;
    }

    /**
     * Returns whether the address is a candidate now.
     *
     * @param sender where the beacon came from; as unproven as the address
     */
    boolean heard(InetSocketAddress address, InetAddress sender, long nowNanos) {
        Candidate known = byAddress.get(address);
        if (known != null) {
            known.heardAtNanos = nowNanos;
            return true;
        }
        if (byAddress.size() >= MOST) {
            List<Candidate> strangers = byAddress.values().stream()
                    .filter(candidate -> !candidate.proven)
                    .toList();
            if (strangers.isEmpty()) {
                return false;
            }
            byAddress.remove(leaving(strangers, sender, nowNanos).address);
        }
        byAddress.put(address, new Candidate(address, sender, new Backoff(chance), nowNanos));
        return true;
    }

    private Candidate leaving(List<Candidate> strangers, InetAddress newcomer, long nowNanos) {
        return strangers.stream()
                .filter(candidate -> nowNanos - candidate.heardAtNanos >= STALE_NANOS)
                .min(Comparator.comparingLong(candidate -> candidate.heardAtNanos))
                .orElseGet(() -> ofTheBusiest(strangers, newcomer));
    }

    /** Of the sender that would have most places; one that has failed rather than one that was not tried yet. */
    private Candidate ofTheBusiest(List<Candidate> strangers, InetAddress newcomer) {
        Map<InetAddress, Integer> places = new HashMap<>(Map.of(newcomer, 1));
        strangers.forEach(candidate -> places.merge(candidate.sender, 1, Integer::sum));
        int most = Collections.max(places.values());
        List<Candidate> busiest = strangers.stream()
                .filter(candidate -> places.getOrDefault(candidate.sender, 0) == most)
                .toList();
        List<Candidate> failed =
                busiest.stream().filter(candidate -> candidate.failures > 0).toList();
        List<Candidate> equals = failed.isEmpty() ? busiest : failed;
        return equals.get(chance.nextInt(equals.size()));
    }

    /** The next to try: heard lately, due, failed least often of late, those that were grounds before first. */
    Optional<InetSocketAddress> next(long nowNanos) {
        return byAddress.values().stream()
                .filter(candidate -> nowNanos - candidate.heardAtNanos < STALE_NANOS)
                .filter(candidate -> nowNanos - candidate.nextAttemptAtNanos >= 0)
                .min(Comparator.comparingInt((Candidate candidate) -> candidate.failures)
                        .thenComparing(candidate -> !candidate.proven)
                        .thenComparingLong(candidate -> candidate.nextAttemptAtNanos - nowNanos))
                .map(candidate -> candidate.address);
    }

    /** It is a ground of this airframe's. */
    void proven(InetSocketAddress address) {
        Candidate candidate = byAddress.get(address);
        if (candidate != null) {
            candidate.proven = true;
            candidate.failures = 0;
            candidate.backoff.reset();
        }
    }

    /** It is tried again later, each time much later. */
    void failed(InetSocketAddress address, long nowNanos) {
        Candidate candidate = byAddress.get(address);
        if (candidate != null) {
            candidate.failures++;
            candidate.nextAttemptAtNanos = nowNanos + candidate.backoff.nextNanos();
        }
    }
}
