package io.kryla.codec;

import java.util.Arrays;

/**
 * A record of vehicle states, read in place: one reused object that takes no copy and allocates nothing.
 *
 * <p>{@link #wrap} takes only what protobuf would have written: known fields in the order of their numbers, values in their
 * shortest form, states and no other kind of sample. Of that it reads what {@code TelemetryRecord.parseFrom} reads. Of
 * anything else it says so, which is no verdict on the record: parse it. Hostile bytes never throw. Not thread-safe.
 */
public final class RecordView {
    private static final int LEAF_INDEX_TAG = Wire.tag(1, Wire.VARINT);
    private static final int SAMPLES_TAG = Wire.tag(2, Wire.LENGTH);
    private static final int TIME_TAG = Wire.tag(1, Wire.VARINT);
    private static final int STATE_TAG = Wire.tag(2, Wire.LENGTH);
    private static final int FIRST_CAPACITY = 8;

    private final VehicleSampleView sample = new VehicleSampleView();
    private byte[] bytes = {};
    private long leafIndex;
    private int samples;
    private long[] times = new long[FIRST_CAPACITY];
    private int[] starts = new int[FIRST_CAPACITY];
    private int[] ends = new int[FIRST_CAPACITY];
    private boolean[] complete = new boolean[FIRST_CAPACITY];
    private short[] offsets = new short[FIRST_CAPACITY * VehicleLayout.FIELDS];

    /**
     * Moves to the record in [offset, offset + length), which has to stay as it is while this view is on it.
     *
     * @return whether it is a record that this view can read; if not, the view is on none
     */
    public boolean wrap(byte[] record, int offset, int length) {
        bytes = record;
        samples = 0;
        int end = offset + length;
        int at = offset;
        leafIndex = 0;
        if (at < end && record[at] == LEAF_INDEX_TAG) {
            int varint = Wire.varintLengthAt(record, at + 1, end);
            leafIndex = Wire.varint(record, at + 1, varint);
            at += 1 + varint;
            if (varint == 0 || leafIndex == 0) {
                return false;
            }
        }
        while (at < end) {
            at = takeSample(record, at, end);
            if (at < 0) {
                samples = 0;
                return false;
            }
        }
        return samples > 0;
    }

    /** Returns the offset behind the sample, or -1. */
    private int takeSample(byte[] record, int offset, int end) {
        if (record[offset] != SAMPLES_TAG) {
            return -1;
        }
        int sampleEnd = endOfNested(record, offset + 1, end);
        if (sampleEnd < 0) {
            return -1;
        }
        int at = offset + 1 + lengthBytes(record, offset + 1);
        long time = 0;
        if (at < sampleEnd && record[at] == TIME_TAG) {
            int varint = Wire.varintLengthAt(record, at + 1, sampleEnd);
            time = Wire.varint(record, at + 1, varint);
            at += 1 + varint;
            if (varint == 0 || time == 0) {
                return -1;
            }
        }
        if (at >= sampleEnd || record[at] != STATE_TAG || endOfNested(record, at + 1, sampleEnd) != sampleEnd) {
            return -1;
        }
        at += 1 + lengthBytes(record, at + 1);
        if (samples == times.length) {
            grow();
        }
        complete[samples] = VehicleLayout.isComplete(record, at, sampleEnd);
        if (!complete[samples] && !VehicleLayout.find(record, at, sampleEnd, offsets, samples * VehicleLayout.FIELDS)) {
            return -1;
        }
        times[samples] = time;
        starts[samples] = at;
        ends[samples] = sampleEnd;
        samples++;
        return sampleEnd;
    }

    /** Where a nested message ends whose length stands at {@code offset}, or -1 unless that is within {@code end}. */
    private static int endOfNested(byte[] in, int offset, int end) {
        int lengthBytes = Wire.varintLengthAt(in, offset, end);
        if (lengthBytes == 0 || lengthBytes > 2) {
            return -1;
        }
        int nestedEnd = offset + lengthBytes + (int) Wire.varint(in, offset, lengthBytes);
        return nestedEnd <= end ? nestedEnd : -1;
    }

    /** Of a length that {@link #endOfNested} took. */
    private static int lengthBytes(byte[] in, int offset) {
        return in[offset] < 0 ? 2 : 1;
    }

    private void grow() {
        times = Arrays.copyOf(times, 2 * samples);
        starts = Arrays.copyOf(starts, 2 * samples);
        ends = Arrays.copyOf(ends, 2 * samples);
        complete = Arrays.copyOf(complete, 2 * samples);
        offsets = Arrays.copyOf(offsets, 2 * samples * VehicleLayout.FIELDS);
    }

    public long leafIndex() {
        return leafIndex;
    }

    /** How many samples it has; 0 when the view is on no record. */
    public int samples() {
        return samples;
    }

    /** Of the sample at this place in the record, since boot. */
    public long flightTimeNanos(int index) {
        return times[requireSample(index)];
    }

    /** The sample with that index; the same object each time, moved there. */
    public VehicleSampleView sample(int index) {
        if (complete[requireSample(index)]) {
            sample.moveTo(bytes, starts[index], ends[index], times[index]);
        } else {
            sample.moveTo(bytes, starts[index], ends[index], times[index], offsets, index * VehicleLayout.FIELDS);
        }
        return sample;
    }

    private int requireSample(int index) {
        if (index < 0 || index >= samples) {
            throw new IllegalArgumentException("index: 0 to " + (samples - 1) + " expected, got " + index);
        }
        return index;
    }
}
