package io.kryla.ground.record;

import io.kryla.mcap.McapAttachment;
import io.kryla.mcap.McapChannel;
import io.kryla.mcap.McapMessage;
import io.kryla.mcap.McapMetadata;
import io.kryla.mcap.McapSchema;
import io.kryla.mcap.McapVisitor;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.Claimed;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.telemetry.FlightLogReceiver;
import io.kryla.telemetry.LogProgress;
import io.kryla.v1.FlightEvidence;
import io.kryla.v1.RecordedCheckpoint;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes the parts of a flight.mcap in the order in which a recorder writes them and feeds the log's receiver, so that the
 * same rules hold for a recorded log as for a live one. Keeps the first fault and takes no record after it; anything that
 * is not part of the layout is one, since a verified file should hold nothing unverified.
 */
final class RecordingReader implements McapVisitor {
    /** Why this is not a recorded flight. */
    record Fault(String code, String where, String reason) {}

    private final Function<FlightEvidence, EvidenceResult> prover;
    private final FlightSink sink;
    private @Nullable McapMetadata metadata;
    private EvidenceResult.@Nullable Proven evidence;
    private @Nullable FlightLogReceiver log;
    private @Nullable FlightContent content;
    private @Nullable Fault fault;
    private long leaves;
    private long lastTimeNanos;

    RecordingReader(Function<FlightEvidence, EvidenceResult> prover, FlightSink sink) {
        this.prover = prover;
        this.sink = sink;
    }

    Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }

    Optional<EvidenceResult.Proven> evidence() {
        return Optional.ofNullable(evidence);
    }

    /** Covers what is attested so far. */
    Optional<FlightCheckpoint> head() {
        return Optional.ofNullable(log).flatMap(FlightLogReceiver::head);
    }

    /** Of what is attested so far; asked only when there is a head. */
    FlightContent content() {
        if (content == null) {
            throw new IllegalStateException("no evidence was proven");
        }
        return content;
    }

    /** Records that were taken, attested or not. */
    long leaves() {
        return leaves;
    }

    @Override
    public boolean wantsMore() {
        return sink.wantsMore();
    }

    @Override
    public void onHeader(String profile, String library) {
        if (!profile.isEmpty()) {
            reject("MALFORMED", "header", "a profile that a flight recording does not have");
        }
    }

    @Override
    public void onMetadata(McapMetadata found) {
        if (metadata != null || evidence != null) {
            reject("MALFORMED", found.name(), "metadata that a flight recording does not have");
        }
        metadata = found;
    }

    @Override
    public void onAttachment(McapAttachment attachment) {
        boolean expected = attachment.name().equals(FlightLayout.EVIDENCE_NAME)
                && attachment.mediaType().equals(FlightLayout.EVIDENCE_TYPE)
                && attachment.logTimeNanos() == 0
                && attachment.createTimeNanos() == 0
                && attachment.size() <= FlightLayout.LARGEST_EVIDENCE;
        if (!expected || log != null) {
            reject("MALFORMED", attachment.name(), "an attachment that a flight recording does not have");
            return;
        }
        Optional<FlightEvidence> untrusted = KnownFields.decode(FlightEvidence.parser(), attachment.data());
        if (untrusted.isEmpty()) {
            reject("MALFORMED", attachment.name(), "not flight evidence, or not in its one form");
            return;
        }
        EvidenceResult result = prover.apply(untrusted.get());
        if (result instanceof EvidenceResult.Rejected rejected) {
            reject(rejected.code(), rejected.where(), rejected.reason());
            return;
        }
        proven((EvidenceResult.Proven) result);
    }

    private void proven(EvidenceResult.Proven proven) {
        if (!FlightLayout.metadata(proven.airframe().origin()).equals(metadata)) {
            reject("WRONG_ORIGIN", FlightLayout.EVIDENCE_NAME, "the recording's metadata names another flight");
            return;
        }
        evidence = proven;
        log = new FlightLogReceiver(
                proven.airframe().origin(), proven.airframe().logKey());
        content = new FlightContent(proven.groundSha256());
        if (fault == null) {
            sink.onProven(proven);
        }
    }

    @Override
    public void onSchema(int id, McapSchema schema) {
        McapSchema expected = id == 1 ? FlightLayout.RECORD_SCHEMA : FlightLayout.CHECKPOINT_SCHEMA;
        if (!schema.name().equals(expected.name()) || !schema.encoding().equals(expected.encoding())) {
            reject("MALFORMED", schema.name(), "a schema that a flight recording does not have");
        } else if (!SchemaCheck.agrees(schema, expected)) {
            reject("SCHEMA_MISMATCH", schema.name(), "its descriptors say something that this version does not know");
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
        String where = "leaf " + leaves;
        if (message.size() > FlightLayout.LARGEST_RECORD) {
            reject("OVERSIZE", where, "a record of " + message.size() + " bytes");
            return;
        }
        LogProgress progress = receiver.receiveRecord(message.data());
        if (progress instanceof LogProgress.Rejected rejected) {
            reject(rejected.reason().name(), where, "not the next record of the log");
            return;
        }
        Claimed claim = ((LogProgress.Accepted) progress).claims().get(0);
        long time = FlightLayout.timeNanos(claim.record());
        if (claim.leafIndex() != leaves) {
            reject("HOLE", where, leavesText(leaves, claim.leafIndex()) + " not in the file");
        } else if (!isAt(message, time, claim.leafIndex())) {
            reject("MALFORMED", where, "the message's times and sequence are not those of its record");
        } else {
            lastTimeNanos = time;
            leaves++;
        }
    }

    private void checkpoint(FlightLogReceiver receiver, McapMessage message) {
        String where = "checkpoint after leaf " + (leaves - 1);
        Optional<RecordedCheckpoint> recorded = KnownFields.decode(RecordedCheckpoint.parser(), message.data());
        Optional<byte[]> wire = recorded.flatMap(FlightLayout::wire);
        if (wire.isEmpty() || !isAt(message, lastTimeNanos, recorded.get().getSize())) {
            reject("MALFORMED", where, "not a checkpoint of this place");
            return;
        }
        LogProgress progress = receiver.receiveCheckpoint(wire.get());
        if (progress instanceof LogProgress.Rejected rejected) {
            reject(rejected.reason().name(), where, "the checkpoint is not one of the records before it");
            return;
        }
        List<AttestedRecord> attested = ((LogProgress.Accepted) progress)
                .claims().stream()
                        .filter(AttestedRecord.class::isInstance)
                        .map(AttestedRecord.class::cast)
                        .collect(Collectors.toList());
        if (attested.isEmpty() || recorded.get().getSize() != leaves) {
            reject(
                    "HOLE",
                    where,
                    "below the checkpoint, " + leavesText(leaves, recorded.get().getSize()) + " not in the file");
            return;
        }
        attested.forEach(content()::take);
        sink.onAttested(attested, receiver.head().orElseThrow());
    }

    private static boolean isAt(McapMessage message, long timeNanos, long sequence) {
        return message.logTimeNanos() == timeNanos
                && message.publishTimeNanos() == timeNanos
                && message.sequence() == (sequence & 0xffff_ffffL);
    }

    private void reject(String code, String where, String reason) {
        if (fault == null) {
            fault = new Fault(code, where, reason);
        }
    }

    /** The leaves [from, to), and a verb in their number. */
    static String leavesText(long from, long to) {
        return to - from == 1 ? "leaf " + from + " is" : "leaves " + from + " to " + (to - 1) + " are";
    }
}
