package io.kryla.ground.stream;

import com.google.protobuf.Message;
import io.kryla.telemetry.AuthenticRecord;
import io.kryla.telemetry.FlightOrigin;
import java.time.Duration;

/** AUTHENTIC: this airframe sent it to this ground. Nothing that could be shown to a third party. */
public final class AuthenticSample<T extends Message> implements ClaimedSample<T> {
    private final FlightOrigin origin;
    private final AuthenticRecord record;
    private final long flightTimeNanos;
    private final T body;

    AuthenticSample(FlightOrigin origin, AuthenticRecord record, long flightTimeNanos, T body) {
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

    @Override
    public T body() {
        return body;
    }

    @Override
    public String toString() {
        return "AUTHENTIC " + origin + " leaf " + leafIndex() + " at " + flightTimeNanos + " ns";
    }
}
