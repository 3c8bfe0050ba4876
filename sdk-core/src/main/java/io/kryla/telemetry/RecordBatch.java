package io.kryla.telemetry;

import com.google.protobuf.CodedOutputStream;
import io.kryla.v1.Sample;
import io.kryla.v1.TelemetryRecord;

/**
 * Samples on their way into one record (protocol.md §6.1). Batching depends on the samples and on flight time alone, so that
 * the same flight gives the same records. Not thread-safe.
 */
public final class RecordBatch {
    /** Tag and longest varint of the leaf index. */
    private static final int LEAF_INDEX_BYTES = 1 + 10;

    private final TelemetryProfile profile;
    private final TelemetryRecord.Builder record = TelemetryRecord.newBuilder();
    private int bytes = LEAF_INDEX_BYTES;

    public RecordBatch(TelemetryProfile profile) {
        this.profile = profile;
    }

    public boolean isEmpty() {
        return record.getSamplesCount() == 0;
    }

    public boolean hasRoomFor(Sample sample) {
        return bytes + encodedBytes(sample) <= profile.maxRecordBytes();
    }

    /** @throws IllegalArgumentException when the sample does not fit, even alone */
    public void add(Sample sample) {
        if (!hasRoomFor(sample)) {
            throw new IllegalArgumentException(
                    "sample has " + sample.getSerializedSize() + " bytes, a record of profile " + profile.name()
                            + " has room for " + (profile.maxRecordBytes() - bytes));
        }
        record.addSamples(sample);
        bytes += encodedBytes(sample);
    }

    /** Whether the first sample has waited as long as the profile allows. */
    public boolean isDue(long flightTimeNanos) {
        return !isEmpty()
                && flightTimeNanos - record.getSamples(0).getFlightTimeNanos()
                        >= profile.deadline().toNanos();
    }

    /** The record's bytes: what is hashed, sent and recorded. Empties the batch. */
    public byte[] seal(long leafIndex) {
        byte[] sealed = record.setLeafIndex(leafIndex).build().toByteArray();
        record.clear();
        bytes = LEAF_INDEX_BYTES;
        return sealed;
    }

    private static int encodedBytes(Sample sample) {
        return CodedOutputStream.computeMessageSize(TelemetryRecord.SAMPLES_FIELD_NUMBER, sample);
    }
}
