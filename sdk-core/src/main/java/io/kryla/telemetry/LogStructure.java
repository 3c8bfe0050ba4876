package io.kryla.telemetry;

import io.kryla.v1.LogOpened;
import io.kryla.v1.Sample;
import io.kryla.v1.TelemetryRecord;

/** Checks, leaf by leaf in order, what protocol.md §6.2 says of every log. Not thread-safe. */
final class LogStructure {
    private final FlightOrigin origin;
    private long lastFlightTimeNanos;
    private boolean closed;

    LogStructure(FlightOrigin origin) {
        this.origin = origin;
    }

    /** Whether the record may be the next leaf; once false, the log is not one. */
    boolean accepts(AuthenticRecord next) {
        return next.holdsOnlyStates() ? acceptsStates(next) : accepts(next.record());
    }

    /** Without looking at the samples: none opens or closes the log, and within the record time does not decrease. */
    private boolean acceptsStates(AuthenticRecord next) {
        if (closed || next.leafIndex() == 0 || next.firstFlightTimeNanos() < lastFlightTimeNanos) {
            return false;
        }
        lastFlightTimeNanos = next.lastFlightTimeNanos();
        return true;
    }

    private boolean accepts(TelemetryRecord next) {
        if (closed || (next.getLeafIndex() == 0) != opensThisLog(next)) {
            return false;
        }
        for (Sample sample : next.getSamplesList()) {
            boolean misplaced = closed || (sample.hasLogOpened() && next.getLeafIndex() != 0);
            if (misplaced || sample.getFlightTimeNanos() < lastFlightTimeNanos) {
                return false;
            }
            lastFlightTimeNanos = sample.getFlightTimeNanos();
            closed = sample.hasLogClosed();
        }
        return true;
    }

    /** Whether leaves may be passed over unseen here. */
    boolean acceptsGap() {
        return !closed;
    }

    boolean closed() {
        return closed;
    }

    private boolean opensThisLog(TelemetryRecord record) {
        if (record.getSamplesCount() != 1 || !record.getSamples(0).hasLogOpened()) {
            return false;
        }
        LogOpened opened = record.getSamples(0).getLogOpened();
        return opened.getSerial().equals(origin.serial())
                && opened.getBoot() == origin.boot()
                && opened.getProfile().equals(origin.profile());
    }
}
