package io.kryla.ground.link;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Connections by state, and rejections by reason. Any thread. */
final class ListenerCounters {
    private final ListenerCaps caps;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger strangers = new AtomicInteger();
    private final Map<ListenerRejection, LongAdder> rejections = new ConcurrentHashMap<>();

    ListenerCounters(ListenerCaps caps) {
        this.caps = caps;
    }

    /** Takes a place for a stranger; false when there is none. Give it back with {@link #left}. */
    boolean entered() {
        boolean room = connections.incrementAndGet() <= caps.connections();
        return strangers.incrementAndGet() <= caps.unauthenticated() && room;
    }

    /** The stranger was accepted, or left without. */
    void noStranger() {
        strangers.decrementAndGet();
    }

    void left() {
        connections.decrementAndGet();
    }

    void reject(ListenerRejection reason) {
        rejections.computeIfAbsent(reason, r -> new LongAdder()).increment();
    }

    long rejected(ListenerRejection reason) {
        LongAdder count = rejections.get(reason);
        return count == null ? 0 : count.sum();
    }
}
