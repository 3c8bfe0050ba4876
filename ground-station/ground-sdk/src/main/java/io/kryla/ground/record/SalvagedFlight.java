package io.kryla.ground.record;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.ground.record.RepairResult.Damage;
import io.kryla.mcap.McapAttachment;
import io.kryla.mcap.McapChannel;
import io.kryla.mcap.McapMessage;
import io.kryla.mcap.McapMetadata;
import io.kryla.mcap.McapReadResult;
import io.kryla.mcap.McapSchema;
import io.kryla.mcap.McapVisitor;
import io.kryla.mcap.McapWriter;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.v1.FlightEvidence;
import io.kryla.v1.RecordedCheckpoint;
import io.kryla.v1.TelemetryRecord;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies a recording as far as it is in order; records wait until a checkpoint that covers them has been read. */
final class SalvagedFlight implements McapVisitor {
    /** As many as a receiver keeps until they are attested: a recorder never writes more without a checkpoint. */
    private static final int MOST_WAITING = 16_384;

    private final McapWriter writer;
    private final List<McapSchema> schemas = new ArrayList<>();
    /** As the copy has them, for the damaged file may say otherwise what a channel is. */
    private final List<McapChannel> channels = new ArrayList<>();

    private final Deque<McapMessage> waiting = new ArrayDeque<>();
    private @Nullable IOException writingFailed;
    private @Nullable Damage damage;
    /** Damage that was made good. */
    private @Nullable Damage replacement;

    private @Nullable McapMetadata metadata;
    private boolean evidenceSeen;
    private boolean lastCloses;
    private boolean closed;
    private long leaves;
    private long checkpoints;
    private long readBytes;

    SalvagedFlight(McapWriter writer) {
        this.writer = writer;
    }

    @Override
    public boolean wantsMore() {
        return damage == null && writingFailed == null;
    }

    @Override
    public void onMetadata(McapMetadata found) {
        if (metadata != null) {
            damaged("MALFORMED", found.name(), "metadata that a flight recording does not have");
        }
        metadata = found;
    }

    /** No checksum of its own covers the metadata: what it has to say is in the evidence, which has one. */
    @Override
    public void onAttachment(McapAttachment attachment) {
        Optional<FlightOrigin> origin = KnownFields.decode(FlightEvidence.parser(), attachment.data())
                .flatMap(evidence -> FlightOrigin.parse(evidence.getFlightOrigin()));
        if (evidenceSeen || origin.isEmpty() || !attachment.name().equals(FlightLayout.EVIDENCE_NAME)) {
            damaged("MALFORMED", attachment.name(), "an attachment that a flight recording does not have");
            return;
        }
        evidenceSeen = true;
        McapMetadata expected = FlightLayout.metadata(origin.get());
        if (!expected.equals(metadata)) {
            replaced("WRONG_ORIGIN", expected.name(), "the metadata is not that of the evidence, which was taken");
        }
        write(() -> writer.addMetadata(expected));
        write(() -> writer.attach(attachment));
    }

    /** Nor the descriptors: what they should say is known here. */
    @Override
    public void onSchema(int id, McapSchema schema) {
        if (id != schemas.size() + 1) {
            damaged("MALFORMED", schema.name(), "a schema out of its place");
            return;
        }
        McapSchema known = id == 1 ? FlightLayout.RECORD_SCHEMA : FlightLayout.CHECKPOINT_SCHEMA;
        boolean agrees = SchemaCheck.agrees(schema, known);
        if (!agrees) {
            replaced(
                    "SCHEMA_MISMATCH", schema.name(), "descriptors that say something else; this version's were taken");
        }
        schemas.add(agrees ? schema : known);
    }

    @Override
    public void onChannel(McapChannel channel) {
        boolean expected = evidenceSeen
                && channel.id() == channels.size()
                && channel.schemaId() == schemas.size()
                && channel.schemaId() == channel.id() + 1
                && channel.topic()
                        .equals(channel.id() == 0 ? FlightLayout.RECORDS_TOPIC : FlightLayout.CHECKPOINTS_TOPIC);
        if (!expected) {
            damaged("MALFORMED", channel.topic(), "a topic that a flight recording does not have");
            return;
        }
        write(() -> channels.add(writer.addChannel(channel.topic(), schemas.get(channel.id()))));
    }

    @Override
    public void onMessage(McapChannel channel, McapMessage message) {
        if (!wantsMore()) {
            return;
        }
        if (channels.size() != 2) {
            damaged("MALFORMED", channel.topic(), "a message ahead of the topics");
        } else if (channel.id() == 0) {
            record(message);
        } else {
            checkpoint(message);
        }
    }

    private void record(McapMessage message) {
        long leaf = leaves + waiting.size();
        Optional<TelemetryRecord> record = record(message.data());
        boolean next = record.filter(it -> it.getLeafIndex() == leaf && it.getSamplesCount() > 0)
                .isPresent();
        if (!next || waiting.size() >= MOST_WAITING || message.size() > FlightLayout.LARGEST_RECORD) {
            damaged("MALFORMED", "leaf " + leaf, "not the next record of the log");
            return;
        }
        waiting.add(message);
        lastCloses = record.get().getSamples(record.get().getSamplesCount() - 1).hasLogClosed();
    }

    private static Optional<TelemetryRecord> record(byte[] bytes) {
        try {
            return Optional.of(TelemetryRecord.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private void checkpoint(McapMessage message) {
        Optional<RecordedCheckpoint> checkpoint = KnownFields.decode(RecordedCheckpoint.parser(), message.data());
        long covered = leaves + waiting.size();
        if (waiting.isEmpty()
                || checkpoint.filter(it -> it.getSize() == covered).isEmpty()) {
            damaged("MALFORMED", "checkpoint after leaf " + (covered - 1), "not a checkpoint of this place");
            return;
        }
        waiting.forEach(record -> copy(channels.get(0), record));
        copy(channels.get(1), message);
        waiting.clear();
        leaves = covered;
        checkpoints++;
        closed = lastCloses;
    }

    private void copy(McapChannel channel, McapMessage message) {
        write(() -> writer.write(
                channel, message.sequence(), message.logTimeNanos(), message.publishTimeNanos(), message.data()));
    }

    private interface Step {
        void run() throws IOException;
    }

    /** A reader's visitor cannot throw it: kept until the reading has ended, which it does at once. */
    private void write(Step step) {
        if (writingFailed != null) {
            return;
        }
        try {
            step.run();
        } catch (IOException e) {
            writingFailed = e;
        }
    }

    /** Throws what stopped the writing, if something did. */
    void requireWritten() throws IOException {
        if (writingFailed != null) {
            throw writingFailed;
        }
    }

    /** Nothing after it can be taken. */
    private void damaged(String code, String where, String reason) {
        if (damage == null) {
            damage = new Damage(code, where, reason);
        }
    }

    private void replaced(String code, String where, String reason) {
        if (replacement == null) {
            replacement = new Damage(code, where, reason);
        }
    }

    /** @param size of the file that was read */
    void end(McapReadResult container, long size) {
        readBytes = size;
        if (container instanceof McapReadResult.CutOff cut) {
            readBytes = cut.readableBytes();
            damaged("TRUNCATED", "byte " + readBytes, "the file ends early");
        } else if (container instanceof McapReadResult.Stopped stopped) {
            readBytes = stopped.readBytes();
        } else if (container instanceof McapReadResult.Rejected rejected) {
            readBytes = rejected.offset();
            damaged(rejected.code().name(), "byte " + readBytes, rejected.reason());
        } else if (!waiting.isEmpty() || leaves == 0) {
            damaged("HOLE", "leaf " + leaves, "the last records are under no checkpoint");
        }
    }

    /** The first that was met; empty when the recording is whole. */
    Optional<Damage> damage() {
        return Optional.ofNullable(replacement != null ? replacement : damage);
    }

    long leaves() {
        return leaves;
    }

    long checkpoints() {
        return checkpoints;
    }

    long leavesDropped() {
        return waiting.size();
    }

    boolean closed() {
        return closed;
    }

    long readBytes() {
        return readBytes;
    }
}
