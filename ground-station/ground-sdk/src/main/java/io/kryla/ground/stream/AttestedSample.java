package io.kryla.ground.stream;

import com.google.protobuf.Message;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.FlightOrigin;
import java.time.Duration;

/** ATTESTED: a leaf below a checkpoint that the airframe signed; provable to anyone who has the record. */
public final class AttestedSample<T extends Message> implements ClaimedSample<T> {
    private final FlightOrigin origin;
    private final AttestedRecord record;
    private final long flightTimeNanos;
    private final T body;

    AttestedSample(FlightOrigin origin, AttestedRecord record, long flightTimeNanos, T body) {
        this.origin = origin;
        this.record = record;
        this.flightTimeNanos = flightTimeNanos;
        this.body = body;
    }

    @Override
    public FlightOrigin origin() {
        return origin;
    }

    @Override
    public long leafIndex() {
        return record.leafIndex();
    }

    @Override
    public Duration flightTime() {
        return Duration.ofNanos(flightTimeNanos);
    }

    /** The record that holds it, with the checkpoint that covered it first. */
    public AttestedRecord record() {
        return record;
    }

    @Override
    public T body() {
        return body;
    }

    @Override
    public String toString() {
        return "ATTESTED " + origin + " leaf " + leafIndex() + " at " + flightTimeNanos + " ns";
    }
}
