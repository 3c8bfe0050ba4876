package io.kryla.telemetry;

import com.google.protobuf.CodedOutputStream;
import io.kryla.codec.VehicleSample;
import io.kryla.v1.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Samples on their way into one record (protocol.md §6.1), written as bytes into one reused array. Batching depends on the
 * samples and on flight time alone, so that the same flight gives the same records. Allocates nothing for a {@link
 * VehicleSample}. Not thread-safe.
 */
public final class RecordBatch {
    /** Tag and longest varint of the leaf index. */
    private static final int LEAF_INDEX_BYTES = 1 + 10;

    private static final int LEAF_INDEX_TAG = 1 << 3;
    private static final int SAMPLES_TAG = 2 << 3 | 2;
    private static final int LEAF_PREFIX_BYTES = 1;
    /** Samples begin here, so that the leaf index and the leaf's prefix find room before them. */
    private static final int SAMPLES_AT = LEAF_PREFIX_BYTES + LEAF_INDEX_BYTES;

    private final TelemetryProfile profile;
    /** Has room for one sample more than {@link #limit}, so that a sample is written first and judged then. */
    private final byte[] buffer;

    private final int limit;
    private int end = SAMPLES_AT;
    private long firstFlightTimeNanos;
    /** Where the newest sample begins if it is a state that a newer one of its spacing may supersede; else -1. */
    private int supersedableAt = -1;

    private long supersedableFlightTimeNanos;
    private int recordAt = SAMPLES_AT;
    private int recordEnd = SAMPLES_AT;

    /** Empty, for records that fit the profile's datagrams. */
    public RecordBatch(TelemetryProfile profile) {
        this.profile = profile;
        this.limit = LEAF_PREFIX_BYTES + profile.maxRecordBytes();
        this.buffer = new byte[2 * limit + VehicleSample.MOST_BYTES];
    }

    /** Of a record with one sample of so many bytes, at most. */
    public static int recordBytes(int sampleBytes) {
        return LEAF_INDEX_BYTES + framed(sampleBytes);
    }

    public boolean isEmpty() {
        return end == SAMPLES_AT;
    }

    /** @return whether it fitted; if not, the batch is as it was */
    public boolean tryAdd(Sample sample) {
        int bytes = sample.getSerializedSize();
        int room = limit - placeOf(sample.getFlightTimeNanos(), sample.hasVehicleState());
        if (bytes > room || framed(bytes) > room) {
            return false;
        }
        buffer[end] = (byte) SAMPLES_TAG;
        int at = putVarint(end + 1, bytes);
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(buffer, at, bytes);
            sample.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a sample is not as long as it said", e);
        }
        return take(sample.getFlightTimeNanos(), sample.hasVehicleState(), at + bytes);
    }

    /** As {@link #tryAdd(Sample)} of the same values, without garbage. */
    public boolean tryAdd(VehicleSample sample) {
        return take(sample.flightTimeNanos(), true, sample.encodeAsRecordField(buffer, end));
    }

    /** @throws IllegalArgumentException when the sample does not fit, even alone */
    public void add(Sample sample) {
        requireAdded(tryAdd(sample), sample.getSerializedSize());
    }

    /** As {@link #add(Sample)} of the same values, without garbage. */
    public void add(VehicleSample sample) {
        requireAdded(tryAdd(sample), sample.encodedLength());
    }

    private void requireAdded(boolean added, int sampleBytes) {
        if (!added) {
            throw new IllegalArgumentException("sample has " + sampleBytes + " bytes, a record of profile "
                    + profile.name() + " has room for " + (limit - end));
        }
    }

    /** Takes the sample that was written from the end on, if it fits in its place. */
    private boolean take(long flightTimeNanos, boolean isState, int sampleEnd) {
        int place = placeOf(flightTimeNanos, isState);
        int length = sampleEnd - end;
        if (place + length > limit) {
            return false;
        }
        if (isEmpty()) {
            firstFlightTimeNanos = flightTimeNanos;
        } else if (place != end) {
            System.arraycopy(buffer, end, buffer, place, length);
        }
        end = place + length;
        supersedableAt = isState && !profile.stateSpacing().isZero() ? place : -1;
        supersedableFlightTimeNanos = flightTimeNanos;
        return true;
    }

    private int placeOf(long flightTimeNanos, boolean isState) {
        return isState && supersedes(flightTimeNanos) ? supersedableAt : end;
    }

    private boolean supersedes(long flightTimeNanos) {
        if (supersedableAt < 0) {
            return false;
        }
        long spacing = profile.stateSpacing().toNanos();
        return flightTimeNanos / spacing == supersedableFlightTimeNanos / spacing;
    }

    /** Whether the first sample has waited as long as the profile allows. */
    public boolean isDue(long flightTimeNanos) {
        return !isEmpty()
                && flightTimeNanos - firstFlightTimeNanos >= profile.deadline().toNanos();
    }

    /** The record's bytes: what is hashed, sent and recorded. Empties the batch. */
    public byte[] seal(long leafIndex) {
        sealInPlace(leafIndex);
        return Arrays.copyOfRange(buffer, recordAt, recordEnd);
    }

    /** Completes the record in {@link #buffer} and empties the batch; the record stays there until the next sample. */
    public void sealInPlace(long leafIndex) {
        recordEnd = end;
        recordAt = SAMPLES_AT;
        if (leafIndex != 0) {
            recordAt -= 1 + varintBytes(leafIndex);
            buffer[recordAt] = (byte) LEAF_INDEX_TAG;
            putVarint(recordAt + 1, leafIndex);
        }
        buffer[recordAt - LEAF_PREFIX_BYTES] = 0;
        end = SAMPLES_AT;
        supersedableAt = -1;
    }

    /** Holds the record sealed last from {@link #recordOffset} on, and a 0, the leaf's prefix, before it. Read only. */
    public byte[] buffer() {
        return buffer;
    }

    public int recordOffset() {
        return recordAt;
    }

    public int recordLength() {
        return recordEnd - recordAt;
    }

    private static int framed(int sampleBytes) {
        return 1 + varintBytes(sampleBytes) + sampleBytes;
    }

    private static int varintBytes(long value) {
        return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
    }

    private int putVarint(int offset, long value) {
        long rest = value;
        int at = offset;
        for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
            buffer[at++] = (byte) (rest | 0x80);
        }
        buffer[at] = (byte) rest;
        return at + 1;
    }
}
