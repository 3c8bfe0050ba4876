package io.kryla.ground.fleet;

import io.kryla.ground.metrics.GroundMeters;
import io.kryla.ground.metrics.GroundMetric;
import io.kryla.ground.metrics.Metrics;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.Claimed;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.LogRejection;
import io.kryla.v1.LeafRange;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What becomes of records, of all flight logs of a station. Makes no garbage once it is made. Any thread. */
final class IntakeCounters {
    private final GroundMeters meters;
    private final LongAdder authenticRecords;
    private final LongAdder authenticSamples;
    private final LongAdder attestedRecords;
    private final LongAdder attestedSamples;
    private final LongAdder requests;
    private final LongAdder leavesRequested;
    private final Map<LogRejection, LongAdder> rejections = new EnumMap<>(LogRejection.class);
    private final Metrics.LatencySink delay;

    IntakeCounters(GroundMeters meters) {
        this.meters = meters;
        authenticRecords = meters.counter(GroundMetric.RECORDS_AUTHENTIC);
        authenticSamples = meters.counter(GroundMetric.SAMPLES_AUTHENTIC);
        attestedRecords = meters.counter(GroundMetric.RECORDS_ATTESTED);
        attestedSamples = meters.counter(GroundMetric.SAMPLES_ATTESTED);
        requests = meters.counter(GroundMetric.REQUESTS_SENT);
        leavesRequested = meters.counter(GroundMetric.LEAVES_REQUESTED);
        for (LogRejection reason : LogRejection.values()) {
            rejections.put(reason, meters.counter(GroundMetric.RECORDS_REJECTED, reason.name()));
        }
        delay = meters.latency(GroundMetric.ATTESTATION_DELAY);
    }

    GroundMeters meters() {
        return meters;
    }

    /** @param flightTimeNanos what the airframe's flight clock shows by now */
    void accepted(List<Claimed> claims, long flightTimeNanos) {
        int attested = 0;
        long samples = 0;
        FlightCheckpoint newest = null;
        for (int i = 0; i < claims.size(); i++) {
            Claimed claim = claims.get(i);
            if (claim instanceof AttestedRecord record) {
                if (record.checkpoint() != newest) {
                    newest = record.checkpoint();
                    delay.record(Math.max(0, flightTimeNanos - record.lastFlightTimeNanos()));
                }
                attested++;
                samples += claim.samples();
            } else {
                authenticRecords.increment();
                authenticSamples.add(claim.samples());
            }
        }
        if (attested > 0) {
            attestedRecords.add(attested);
            attestedSamples.add(samples);
        }
    }

    void rejected(LogRejection reason) {
        LongAdder count = rejections.get(reason);
        if (count != null) {
            count.increment();
        }
    }

    void requested(List<LeafRange> missing) {
        requests.increment();
        missing.forEach(range -> leavesRequested.add(range.getTo() - range.getFrom()));
    }
}
