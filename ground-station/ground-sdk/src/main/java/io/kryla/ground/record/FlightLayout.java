package io.kryla.ground.record;

import com.google.protobuf.ByteString;
import io.kryla.keys.Digest;
import io.kryla.mcap.Compression;
import io.kryla.mcap.McapLimits;
import io.kryla.mcap.McapMetadata;
import io.kryla.mcap.McapOptions;
import io.kryla.mcap.McapSchema;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.v1.RecordedCheckpoint;
import io.kryla.v1.TelemetryRecord;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What stands in a flight.mcap, and under which name (protocol.md §12.1). */
final class FlightLayout {
    static final String RECORDS_TOPIC = "/telemetry";
    static final String CHECKPOINTS_TOPIC = "/checkpoints";
    static final McapSchema RECORD_SCHEMA = McapSchema.protobuf(TelemetryRecord.getDefaultInstance());
    static final McapSchema CHECKPOINT_SCHEMA = McapSchema.protobuf(RecordedCheckpoint.getDefaultInstance());
    static final String EVIDENCE_NAME = "flight-evidence.binpb";
    static final String EVIDENCE_TYPE = "application/vnd.kryla.flight-evidence.v1+protobuf";

    static final McapOptions OPTIONS = McapOptions.of(Compression.ZSTD);
    /** Evidence is a few kilobytes. */
    static final int LARGEST_EVIDENCE = 1 << 20;

    /** Chunks are of 256 KiB, or one record more. A chunk a second for 48 days, 64 GiB of records. */
    static final McapLimits LIMITS = new McapLimits(2 << 20, 1 << 20, 2, 2, 1 << 22, 64L << 30);

    /** More than any datagram carries; what bounds the memory of records that are not attested yet. */
    static final int LARGEST_RECORD = 4_096;

    static McapMetadata metadata(FlightOrigin origin) {
        return new McapMetadata(
                "kryla.flight",
                new TreeMap<>(Map.of(
                        "format", "1",
                        "origin", origin.text(),
                        "serial", origin.serial(),
                        "boot", Long.toString(origin.boot()),
                        "profile", origin.profile())));
    }

    /** The time by which the file is indexed: that of the record's first sample, so that nothing is unproven. */
    static long timeNanos(TelemetryRecord record) {
        return record.getSamples(0).getFlightTimeNanos();
    }

    static RecordedCheckpoint encode(FlightCheckpoint checkpoint) {
        return RecordedCheckpoint.newBuilder()
                .setSize(checkpoint.size())
                .setRoot(ByteString.copyFrom(checkpoint.root().bytes()))
                .setSignature(ByteString.copyFrom(checkpoint.signature().bytes()))
                .build();
    }

    /** The checkpoint's form on the wire; empty when a field has another length than there. */
    static Optional<byte[]> wire(RecordedCheckpoint untrusted) {
        int length = Long.BYTES
                + untrusted.getRoot().size()
                + untrusted.getSignature().size();
        if (untrusted.getRoot().size() != Digest.LENGTH || length != FlightCheckpoint.WIRE_BYTES) {
            return Optional.empty();
        }
        return Optional.of(ByteBuffer.allocate(length)
                .putLong(untrusted.getSize())
                .put(untrusted.getRoot().toByteArray())
                .put(untrusted.getSignature().toByteArray())
                .array());
    }

    private FlightLayout() {}
}
