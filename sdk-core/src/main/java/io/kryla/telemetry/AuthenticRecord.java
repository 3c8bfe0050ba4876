package io.kryla.telemetry;

import io.kryla.v1.TelemetryRecord;

/** AUTHENTIC: the session's peer sent it to this receiver. Nothing that could be shown to a third party. */
public final class AuthenticRecord implements Claimed {
    private final byte[] bytes;
    private final TelemetryRecord record;

    AuthenticRecord(byte[] bytes, TelemetryRecord record) {
        this.bytes = bytes;
        this.record = record;
    }

    @Override
    public long leafIndex() {
        return record.getLeafIndex();
    }

    @Override
    public TelemetryRecord record() {
        return record;
    }

    @Override
    public byte[] recordBytes() {
        return bytes.clone();
    }

    /** For this package's own hashing and keeping; never written to. */
    byte[] bytes() {
        return bytes;
    }
}
