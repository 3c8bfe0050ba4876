package io.kryla.hil.autopilot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventQueueTest {
    private final EventQueue events = new EventQueue();

    @Test
    void givesEventsInTheirOrderAndOnce() {
        events.add(1, ControllerEvent.Kind.ARMED, "");
        events.add(2, ControllerEvent.Kind.TOUCHDOWN, "");
        assertThat(events.poll()).contains(new ControllerEvent(1, ControllerEvent.Kind.ARMED, ""));
        assertThat(events.poll()).contains(new ControllerEvent(2, ControllerEvent.Kind.TOUCHDOWN, ""));
        assertThat(events.poll()).isEmpty();
    }

    @Test
    void dropsTheOldestWhenNobodyListens() {
        for (int i = 0; i < 1_000; i++) {
            events.add(i, ControllerEvent.Kind.WAYPOINT_REACHED, "");
        }
        assertThat(events.poll().orElseThrow().flightTimeNanos()).isEqualTo(1_000 - 256);
    }
}
