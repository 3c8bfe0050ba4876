package io.kryla.sframe;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many datagrams were rejected, by reason. Any thread may count and read. */
public final class RejectCounters {
    private final Map<RejectReason, LongAdder> counts = new EnumMap<>(RejectReason.class);

    /** All at zero. */
    public RejectCounters() {
        for (RejectReason reason : RejectReason.values()) {
            counts.put(reason, new LongAdder());
        }
    }

    /** One more was rejected for this reason. */
    public void count(RejectReason reason) {
        adder(reason).increment();
    }

    /** How many were rejected for this reason so far. */
    public long of(RejectReason reason) {
        return adder(reason).sum();
    }

    public long total() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    private LongAdder adder(RejectReason reason) {
        return counts.getOrDefault(reason, new LongAdder());
    }
}
