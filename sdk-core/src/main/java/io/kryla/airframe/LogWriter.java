package io.kryla.airframe;

import io.kryla.codec.VehicleSample;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightLog;
import io.kryla.telemetry.RecordBatch;
import io.kryla.telemetry.TelemetryProfile;
import io.kryla.v1.Sample;

/**
 * From samples to leaves and checkpoints, on the flight clock alone. Flight thread only.
 */
final class LogWriter {
    private final TelemetryProfile profile;
    private final FlightLog log;
    private final RecordBatch batch;
    private final LogOutbox outbox;
    private long nowNanos;
    private long checkpointSize;
    private long checkpointNanos;

    LogWriter(TelemetryProfile profile, FlightLog log, LogOutbox outbox) {
        this.profile = profile;
        this.log = log;
        this.batch = new RecordBatch(profile);
        this.outbox = outbox;
    }

    long nowNanos() {
        return nowNanos;
    }

    long size() {
        return log.size();
    }

    void moveClock(long flightTimeNanos) {
        if (flightTimeNanos < nowNanos) {
            throw new IllegalArgumentException(
                    "flight time " + flightTimeNanos + " ns is before " + nowNanos + " ns, which was already reached");
        }
        nowNanos = flightTimeNanos;
    }

    /** Whether a record of the profile has room for the sample, if it has a record to itself. */
    boolean fits(Sample sample) {
        return fits(sample.getSerializedSize());
    }

    boolean fits(int sampleBytes) {
        return RecordBatch.recordBytes(sampleBytes) <= profile.maxRecordBytes();
    }

    /** State samples wait for company; everything else is sealed at once, together with what waits. */
    void add(Sample sample) {
        if (!batch.tryAdd(sample)) {
            sealBatch();
            batch.add(sample);
        }
        if (!sample.hasVehicleState()) {
            sealBatch();
        }
    }

    void add(VehicleSample sample) {
        if (!batch.tryAdd(sample)) {
            sealBatch();
            batch.add(sample);
        }
    }

    void sealIfDue() {
        if (batch.isDue(nowNanos)) {
            sealBatch();
        }
    }

    void sealBatch() {
        if (batch.isEmpty()) {
            return;
        }
        batch.sealInPlace(log.size());
        log.append(batch);
        outbox.records().add(batch.buffer(), batch.recordOffset(), batch.recordLength());
        outbox.announce();
    }

    void signIfDue() {
        long newLeaves = log.size() - checkpointSize;
        boolean timeIsUp =
                nowNanos - checkpointNanos >= profile.checkpointInterval().toNanos();
        if (newLeaves >= profile.checkpointLeaves() || (newLeaves > 0 && timeIsUp)) {
            sign();
        }
    }

    FlightCheckpoint sign() {
        FlightCheckpoint signed = log.sign();
        checkpointSize = signed.size();
        checkpointNanos = nowNanos;
        outbox.checkpoints().add(signed);
        outbox.announce();
        return signed;
    }
}
