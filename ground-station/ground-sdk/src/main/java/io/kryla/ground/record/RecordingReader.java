package io.kryla.ground.record;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.mcap.McapAttachment;
import io.kryla.mcap.McapChannel;
import io.kryla.mcap.McapMessage;
import io.kryla.mcap.McapMetadata;
import io.kryla.mcap.McapSchema;
import io.kryla.mcap.McapVisitor;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.Claimed;
import io.kryla.telemetry.FlightLogReceiver;
import io.kryla.telemetry.LogProgress;
import io.kryla.v1.FlightEvidence;
import io.kryla.v1.RecordedCheckpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes the parts of a flight.mcap in the order in which a recorder writes them and feeds the log's receiver, so that the
 * same rules hold for a recorded log as for a live one. Keeps the first fault; anything that is not part of the layout is
 * one, since a verified file should hold nothing unverified.
 */
final class RecordingReader implements McapVisitor {
    private static final int LARGEST_EVIDENCE = 1 << 20;

    private final Function<FlightEvidence, Optional<FlightLogReceiver>> prover;
    private final List<byte[]> records = new ArrayList<>();
    private @Nullable McapMetadata metadata;
    private @Nullable FlightLogReceiver log;
    private FlightVerdict.@Nullable Rejected fault;
    private long lastTimeNanos;

    /** @param prover empty when the evidence does not prove a log key; it keeps the reason */
    RecordingReader(Function<FlightEvidence, Optional<FlightLogReceiver>> prover) {
        this.prover = prover;
    }

    Optional<FlightVerdict.Rejected> fault() {
        return Optional.ofNullable(fault);
    }

    Optional<FlightLogReceiver> log() {
        return Optional.ofNullable(log);
    }

    List<byte[]> records() {
        return records;
    }

    @Override
    public void onMetadata(McapMetadata found) {
        if (metadata != null) {
            reject("MALFORMED", found.name(), "metadata that a flight recording does not have");
        }
        metadata = found;
    }

    @Override
    public void onAttachment(McapAttachment attachment) {
        boolean evidence = attachment.name().equals(FlightLayout.EVIDENCE_NAME)
                && attachment.mediaType().equals(FlightLayout.EVIDENCE_TYPE)
                && attachment.logTimeNanos() == 0
                && attachment.createTimeNanos() == 0
                && attachment.size() <= LARGEST_EVIDENCE;
        if (!evidence || log != null) {
            reject("MALFORMED", attachment.name(), "an attachment that a flight recording does not have");
            return;
        }
        try {
            log = prover.apply(FlightEvidence.parseFrom(attachment.data())).orElse(null);
        } catch (InvalidProtocolBufferException e) {
            reject("MALFORMED", attachment.name(), "not flight evidence");
            return;
        }
        if (log != null && !FlightLayout.metadata(log.origin()).equals(metadata)) {
            reject("WRONG_ORIGIN", FlightLayout.EVIDENCE_NAME, "the recording's metadata names another flight");
        }
    }

    /** By name: the descriptors of a recording are those of its day. */
    @Override
    public void onSchema(int id, McapSchema schema) {
        McapSchema expected = id == 1 ? FlightLayout.RECORD_SCHEMA : FlightLayout.CHECKPOINT_SCHEMA;
        if (!schema.name().equals(expected.name()) || !schema.encoding().equals(expected.encoding())) {
            reject("MALFORMED", schema.name(), "a schema that a flight recording does not have");
        }
    }

    @Override
    public void onChannel(McapChannel channel) {
        String topic = channel.id() == 0 ? FlightLayout.RECORDS_TOPIC : FlightLayout.CHECKPOINTS_TOPIC;
        boolean known = channel.topic().equals(topic)
                && channel.schemaId() == channel.id() + 1
                && channel.messageEncoding().equals("protobuf")
                && channel.metadata().isEmpty();
        if (!known) {
            reject("MALFORMED", channel.topic(), "a topic that a flight recording does not have");
        }
    }

    @Override
    public void onMessage(McapChannel channel, McapMessage message) {
        FlightLogReceiver receiver = log;
        if (fault != null) {
            return;
        }
        if (receiver == null) {
            reject("MALFORMED", channel.topic(), "a message ahead of the evidence");
        } else if (channel.topic().equals(FlightLayout.RECORDS_TOPIC)) {
            record(receiver, message);
        } else {
            checkpoint(receiver, message);
        }
    }

    private void record(FlightLogReceiver receiver, McapMessage message) {
        String where = "leaf " + records.size();
        if (message.size() > FlightLayout.LARGEST_RECORD) {
            reject("OVERSIZE", where, "a record of " + message.size() + " bytes");
            return;
        }
        byte[] bytes = message.data();
        LogProgress progress = receiver.receiveRecord(bytes);
        if (progress instanceof LogProgress.Rejected rejected) {
            reject(rejected.reason().name(), where, "not the next record of the log");
            return;
        }
        Claimed claim = ((LogProgress.Accepted) progress).claims().get(0);
        long time = FlightLayout.timeNanos(claim.record());
        if (claim.leafIndex() != records.size()) {
            reject("HOLE", where, "the next record is leaf " + claim.leafIndex());
        } else if (!isAt(message, time, claim.leafIndex())) {
            reject("MALFORMED", where, "the message's times and sequence are not those of its record");
        }
        lastTimeNanos = time;
        records.add(bytes);
    }

    private void checkpoint(FlightLogReceiver receiver, McapMessage message) {
        String where = "checkpoint after leaf " + (records.size() - 1);
        try {
            RecordedCheckpoint recorded = RecordedCheckpoint.parseFrom(message.data());
            Optional<byte[]> wire = FlightLayout.wire(recorded);
            if (wire.isEmpty() || !isAt(message, lastTimeNanos, recorded.getSize())) {
                reject("MALFORMED", where, "not a checkpoint of this place");
                return;
            }
            LogProgress progress = receiver.receiveCheckpoint(wire.get());
            if (progress instanceof LogProgress.Rejected rejected) {
                reject(rejected.reason().name(), where, "the checkpoint is not one of the records before it");
            } else if (attestedBy(progress) < 1 || recorded.getSize() != records.size()) {
                reject("HOLE", where, "the checkpoint covers records that are not in the file");
            }
        } catch (InvalidProtocolBufferException e) {
            reject("MALFORMED", where, "not a checkpoint");
        }
    }

    private static long attestedBy(LogProgress progress) {
        return ((LogProgress.Accepted) progress)
                .claims().stream().filter(AttestedRecord.class::isInstance).count();
    }

    private static boolean isAt(McapMessage message, long timeNanos, long sequence) {
        return message.logTimeNanos() == timeNanos
                && message.publishTimeNanos() == timeNanos
                && message.sequence() == (sequence & 0xffff_ffffL);
    }

    void reject(String code, String where, String reason) {
        if (fault == null) {
            fault = new FlightVerdict.Rejected(code, where, reason);
        }
    }
}
