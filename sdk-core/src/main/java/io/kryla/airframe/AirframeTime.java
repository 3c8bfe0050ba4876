package io.kryla.airframe;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The airframe's idea of the wall time: what its clock says, but never before what is proven to have passed, and never
 * backward. Any thread.
 */
final class AirframeTime implements InstantSource {
    private final InstantSource clock;
    private Instant latest;

    /** @param provenPast such as the time at which witnesses cosigned the airframe's birth */
    AirframeTime(InstantSource clock, Instant provenPast) {
        this.clock = clock;
        this.latest = provenPast;
    }

    @Override
    public synchronized Instant instant() {
        Instant now = clock.instant();
        if (now.isAfter(latest)) {
            latest = now;
        }
        return latest;
    }
}
