package io.kryla.airframe;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Addresses that beacons named and that are worth a try, at most {@value #MOST}. Beacons are anybody's: a new address takes the
 * place only of one that was not heard for a while and has never turned out to be a ground. On the link clock. Not thread-safe.
 */
final class BeaconCandidates {
    static final int MOST = 16;
    /** A ground sends once a second; one that was not heard for so long may be gone, and is not tried. */
    static final long STALE_NANOS = Duration.ofSeconds(5).toNanos();

    private static final class Candidate {
        private final InetSocketAddress address;
        private final Backoff backoff;
        private long heardAtNanos;
        private long nextAttemptAtNanos;
        private boolean proven;
        private int failures;

        Candidate(InetSocketAddress address, Backoff backoff, long nowNanos) {
            this.address = address;
            this.backoff = backoff;
            this.heardAtNanos = nowNanos;
            this.nextAttemptAtNanos = nowNanos;
        }
    }

    private final RandomGenerator chance;
    private final Map<InetSocketAddress, Candidate> byAddress = new LinkedHashMap<>();

    /** @param chance of the jitter */
    BeaconCandidates(RandomGenerator chance) {
        this.chance = chance;
    }

    /** Returns whether the address is a candidate now. */
    boolean heard(InetSocketAddress address, long nowNanos) {
        Candidate known = byAddress.get(address);
        if (known != null) {
            known.heardAtNanos = nowNanos;
            return true;
        }
        if (byAddress.size() >= MOST && !forgetStaleStranger(nowNanos)) {
            return false;
        }
        byAddress.put(address, new Candidate(address, new Backoff(chance), nowNanos));
        return true;
    }

    private boolean forgetStaleStranger(long nowNanos) {
        Optional<Candidate> stale = byAddress.values().stream()
                .filter(candidate -> !candidate.proven && nowNanos - candidate.heardAtNanos >= STALE_NANOS)
                .min(Comparator.comparingLong(candidate -> candidate.heardAtNanos));
        stale.ifPresent(candidate -> byAddress.remove(candidate.address));
        return stale.isPresent();
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
