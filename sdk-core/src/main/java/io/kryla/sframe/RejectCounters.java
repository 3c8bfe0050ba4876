package io.kryla.sframe;

import java.util.concurrent.atomic.AtomicLongArray;

/** How many datagrams were rejected, by reason. Any thread may read. */
public final class RejectCounters {
    private final AtomicLongArray counts = new AtomicLongArray(RejectReason.values().length);

    public void count(RejectReason reason) {
        counts.incrementAndGet(reason.ordinal());
    }

    public long of(RejectReason reason) {
        return counts.get(reason.ordinal());
    }

    public long total() {
        long total = 0;
        for (int i = 0; i < counts.length(); i++) {
            total += counts.get(i);
        }
        return total;
    }
}
