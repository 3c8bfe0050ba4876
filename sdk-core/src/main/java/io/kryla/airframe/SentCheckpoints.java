package io.kryla.airframe;

import io.kryla.telemetry.FlightCheckpoint;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The newest checkpoint, and enough older ones for a receiver that catches up: it need not hold all records up to the newest
 * before the first becomes ATTESTED. The flight thread adds, the link thread reads.
 */
final class SentCheckpoints {
    /** Older ones closer together than this many leaves are thinned out. */
    private static final long LEAST_SPACING = 512;

    private static final int FEWEST = 4;

    private final int most;
    private final TreeMap<Long, FlightCheckpoint> bySize = new TreeMap<>();
    private volatile long newestSize;

    /** @param records so many bodies are kept: checkpoints reach back as far */
    SentCheckpoints(int records) {
        most = Math.max(FEWEST, 2 * records / (int) LEAST_SPACING);
    }

    synchronized void add(FlightCheckpoint newest) {
        if (!bySize.isEmpty()) {
            long last = bySize.lastKey();
            Long lastButOne = bySize.lowerKey(last);
            if (newest.size() - (lastButOne == null ? 0 : lastButOne) <= LEAST_SPACING) {
                bySize.remove(last);
            }
        }
        bySize.put(newest.size(), newest);
        newestSize = newest.size();
        if (bySize.size() > most) {
            bySize.pollFirstEntry();
        }
    }

    /** Of the newest; 0 when there is none. */
    long newestSize() {
        return newestSize;
    }

    synchronized Optional<FlightCheckpoint> newest() {
        return Optional.ofNullable(bySize.lastEntry()).map(Map.Entry::getValue);
    }

    /** The newest that needs no more than so many leaves. */
    synchronized Optional<FlightCheckpoint> newestWithin(long leaves) {
        return Optional.ofNullable(bySize.floorEntry(leaves)).map(Map.Entry::getValue);
    }
}
