package io.kryla.ground.link;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Rejections by reason. Any thread. */
final class ListenerCounters {
    private final Map<ListenerRejection, LongAdder> rejections = new ConcurrentHashMap<>();

    void reject(ListenerRejection reason) {
        rejections.computeIfAbsent(reason, r -> new LongAdder()).increment();
    }

    long rejected(ListenerRejection reason) {
        LongAdder count = rejections.get(reason);
        return count == null ? 0 : count.sum();
    }
}
