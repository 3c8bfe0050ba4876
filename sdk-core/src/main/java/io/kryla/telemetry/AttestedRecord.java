package io.kryla.telemetry;

import io.kryla.codec.RecordView;
import io.kryla.v1.TelemetryRecord;

/** ATTESTED: the record is a leaf below a checkpoint that the airframe's log key signed; provable to anyone. */
public final class AttestedRecord implements Claimed {
    private final AuthenticRecord record;
    private final FlightCheckpoint checkpoint;

    AttestedRecord(AuthenticRecord record, FlightCheckpoint checkpoint) {
        this.record = record;
        this.checkpoint = checkpoint;
    }

    @Override
    public long leafIndex() {
        return record.leafIndex();
    }

    @Override
    public int samples() {
        return record.samples();
    }

    @Override
    public TelemetryRecord record() {
        return record.record();
    }

    @Override
    public byte[] recordBytes() {
        return record.recordBytes();
    }

    @Override
    public boolean holdsOnlyStates() {
        return record.holdsOnlyStates();
    }

    @Override
    public boolean readWith(RecordView view) {
        return record.readWith(view);
    }

    /** Of the last sample. */
    public long lastFlightTimeNanos() {
        return record.lastFlightTimeNanos();
    }

    /** The first checkpoint that covered the record. */
    public FlightCheckpoint checkpoint() {
        return checkpoint;
    }
}
