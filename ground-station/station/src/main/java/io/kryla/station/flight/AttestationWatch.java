package io.kryla.station.flight;

import io.kryla.ground.fleet.AirframeLink;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.telemetry.UnattestedLeaves;
import io.kryla.telemetry.UnattestedReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Notices logs of which nothing more is attested though leaves wait for it, and says which they are, once for each standstill. */
final class AttestationWatch {
    private static final int MOST_LOOKS = 5;
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private record Standstill(long attestedSize, int looks) {}

    private final BiConsumer<FlightOrigin, List<UnattestedLeaves>> told;
    private final Map<FlightOrigin, Standstill> standstills = new ConcurrentHashMap<>();

    AttestationWatch(BiConsumer<FlightOrigin, List<UnattestedLeaves>> told) {
        this.told = told;
    }

    /** Once a second. */
    void look(AirframeLink link) {
        long attested = link.state().attestedSize();
        Standstill now = standstills.merge(
                link.origin(),
                new Standstill(attested, 0),
                (before, fresh) ->
                        before.attestedSize == attested ? new Standstill(attested, before.looks + 1) : fresh);
        if (now.looks == MOST_LOOKS) {
            var unused = waiting(link).thenAccept(leaves -> tell(link.origin(), leaves));
        }
    }

    /** At the end; returns once it was said. */
    void lookLast(AirframeLink link) {
        waiting(link)
                .thenAccept(leaves -> tell(link.origin(), leaves))
                .exceptionally(unanswered -> null)
                .join();
    }

    private void tell(FlightOrigin origin, List<UnattestedLeaves> leaves) {
        if (!leaves.isEmpty()) {
            told.accept(origin, leaves);
        }
    }

    /** All but those that have been passed over for good. */
    private static CompletableFuture<List<UnattestedLeaves>> waiting(AirframeLink link) {
        return link.unattested(ANSWER)
                .thenApply(leaves -> leaves.stream()
                        .filter(range -> range.reason() != UnattestedReason.HASH_ONLY)
                        .toList());
    }
}
