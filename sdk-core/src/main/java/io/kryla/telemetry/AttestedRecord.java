package io.kryla.telemetry;

import io.kryla.v1.TelemetryRecord;

/** ATTESTED: the record is a leaf below a checkpoint that the airframe's log key signed; provable to anyone. */
public final class AttestedRecord implements Claimed {
    private final AuthenticRecord record;
    private final SignedCheckpoint checkpoint;

    AttestedRecord(AuthenticRecord record, SignedCheckpoint checkpoint) {
        this.record = record;
        this.checkpoint = checkpoint;
    }

    @Override
    public long leafIndex() {
        return record.leafIndex();
    }

    @Override
    public TelemetryRecord record() {
        return record.record();
    }

    @Override
    public byte[] recordBytes() {
        return record.recordBytes();
    }

    /** The first checkpoint that covered the record. */
    public SignedCheckpoint checkpoint() {
        return checkpoint;
    }
}
