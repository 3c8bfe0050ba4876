package io.kryla.bench.telemetry;

import io.kryla.bench.reference.ReferenceTelemetry;
import io.kryla.codec.VehicleSample;
import io.kryla.sframe.RatchetingSealer;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.RecordBatch;
import io.kryla.telemetry.TelemetryProfile;

/** Bytes on the wire beside the samples themselves, for a record of seven that is far into a flight. */
final class Framing {
    private static final double SAMPLES = ReferenceTelemetry.SAMPLES_PER_DATAGRAM;
    private static final int KIND_BYTES = 1;
    /** At twenty records a second, half a year into a flight: its leaf index takes five bytes. */
    private static final long LEAF_INDEX = 1L << 28;

    private Framing() {}

    /** SFrame's header and tag at their longest. */
    static double sframeBytesPerSample() {
        return RatchetingSealer.MOST_OVERHEAD_BYTES / SAMPLES;
    }

    /** All of it: SFrame, kind, record, and the share of a checkpoint's datagram. */
    static double allBytesPerSample() {
        VehicleSample sample = new VehicleSample();
        RecordBatch batch = new RecordBatch(TelemetryProfile.FLIGHT);
        int sampleBytes = 0;
        for (int i = 0; i < ReferenceTelemetry.SAMPLES_PER_DATAGRAM; i++) {
            batch.add(ReferenceTelemetry.fill(sample, i));
            sampleBytes += sample.encodedLength();
        }
        int record = RatchetingSealer.MOST_OVERHEAD_BYTES + KIND_BYTES + batch.seal(LEAF_INDEX).length - sampleBytes;
        double checkpoint = RatchetingSealer.MOST_OVERHEAD_BYTES + KIND_BYTES + FlightCheckpoint.WIRE_BYTES;
        return (record + checkpoint / TelemetryProfile.FLIGHT.checkpointLeaves()) / SAMPLES;
    }
}
