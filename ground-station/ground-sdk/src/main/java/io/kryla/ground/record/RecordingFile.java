package io.kryla.ground.record;

import io.kryla.mcap.McapAttachment;
import io.kryla.mcap.McapChannel;
import io.kryla.mcap.McapOptions.Durability;
import io.kryla.mcap.McapWriter;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.v1.FlightEvidence;
import java.io.IOException;
import java.nio.file.Path;

/** A flight.mcap as it is written: its layout in the order of protocol.md §12.1, and nothing beside it. */
final class RecordingFile implements AutoCloseable {
    /** Of records, so that what surrounds them fits a verifier's limit, too. */
    private static final long MOST_RECORD_BYTES = FlightLayout.LIMITS.totalBytes() / 4 * 3;

    private final McapWriter writer;
    private final McapChannel records;
    private final McapChannel checkpoints;
    private long leaves;
    private long recordBytes;
    private long lastTimeNanos;

    private RecordingFile(McapWriter writer, FlightOrigin origin, FlightEvidence evidence) throws IOException {
        this.writer = writer;
        writer.addMetadata(FlightLayout.metadata(origin));
        writer.attach(McapAttachment.of(
                FlightLayout.EVIDENCE_NAME,
                FlightLayout.EVIDENCE_TYPE,
                RecordedCrls.needed(KnownFields.of(FlightEvidence.parser(), evidence))
                        .toByteArray()));
        records = writer.addChannel(FlightLayout.RECORDS_TOPIC, FlightLayout.RECORD_SCHEMA);
        checkpoints = writer.addChannel(FlightLayout.CHECKPOINTS_TOPIC, FlightLayout.CHECKPOINT_SCHEMA);
    }

    /** @throws IOException when it cannot be written; nothing is left behind then */
    static RecordingFile create(Path file, FlightOrigin origin, FlightEvidence evidence, Durability durability)
            throws IOException {
        McapWriter writer = McapWriter.create(file, FlightLayout.OPTIONS.withDurability(durability));
        try {
            return new RecordingFile(writer, origin, evidence);
        } catch (IOException e) {
            writer.discard();
            throw e;
        }
    }

    /** How many records there are, which is also the index of the next leaf. */
    long leaves() {
        return leaves;
    }

    /** Whether a verifier would still read the file with one more record. */
    boolean hasRoom() {
        return recordBytes < MOST_RECORD_BYTES && writer.chunks() < FlightLayout.LIMITS.entries() - 8;
    }

    /** @param timeNanos flight time of the record's first sample */
    void record(long timeNanos, byte[] bytes) throws IOException {
        writer.write(records, leaves, timeNanos, timeNanos, bytes);
        leaves++;
        recordBytes += bytes.length;
        lastTimeNanos = timeNanos;
    }

    /** @param checkpoint covers exactly the records so far */
    void checkpoint(FlightCheckpoint checkpoint) throws IOException {
        byte[] encoded = FlightLayout.encode(checkpoint).toByteArray();
        writer.write(checkpoints, checkpoint.size(), lastTimeNanos, lastTimeNanos, encoded);
    }

    /** Completes the file and gives it its name. */
    void finish() throws IOException {
        writer.finish();
    }

    /** Leaves an unfinished file as its partial. */
    @Override
    public void close() throws IOException {
        writer.close();
    }
}
