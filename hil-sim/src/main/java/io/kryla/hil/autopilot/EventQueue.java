package io.kryla.hil.autopilot;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** Events that nobody took yet; bounded, so that a controller nobody listens to does not fill the memory. */
final class EventQueue {
    private static final int CAPACITY = 256;

    private final Queue<ControllerEvent> events = new ArrayDeque<>();

    /** Drops the oldest when full. */
    void add(long flightTimeNanos, ControllerEvent.Kind kind, String detail) {
        if (events.size() == CAPACITY) {
            events.remove();
        }
        events.add(new ControllerEvent(flightTimeNanos, kind, detail));
    }

    Optional<ControllerEvent> poll() {
        return Optional.ofNullable(events.poll());
    }
}
