package io.kryla.ground.record;

import io.kryla.mcap.McapAttachment;
import io.kryla.mcap.McapChannel;
import io.kryla.mcap.McapLimits;
import io.kryla.mcap.McapMessage;
import io.kryla.mcap.McapMetadata;
import io.kryla.mcap.McapOptions;
import io.kryla.mcap.McapReader;
import io.kryla.mcap.McapSchema;
import io.kryla.mcap.McapVisitor;
import io.kryla.mcap.McapWriter;
import io.kryla.v1.FlightEvidence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The parts of a flight.mcap, to be taken apart and put together otherwise. */
final class Recording {
    /** A message with its topic, which a forger may change. */
    record Part(boolean checkpoint, long sequence, long timeNanos, byte[] data) {}

    interface Change {
        byte[] apply(byte[] bytes) throws Exception;
    }

    final List<Part> messages = new ArrayList<>();
    final List<McapAttachment> attachments = new ArrayList<>();
    McapMetadata metadata = new McapMetadata("", new java.util.TreeMap<>());
    McapSchema recordSchema = FlightLayout.RECORD_SCHEMA;
    McapOptions options = FlightLayout.OPTIONS;
    String checkpointsTopic = FlightLayout.CHECKPOINTS_TOPIC;
    long timeShiftNanos;

    static Recording read(Path file) throws IOException {
        Recording recording = new Recording();
        McapReader.readStrictly(file, McapLimits.STANDARD, new McapVisitor() {
            @Override
            public void onMetadata(McapMetadata found) {
                recording.metadata = found;
            }

            @Override
            public void onAttachment(McapAttachment attachment) {
                recording.attachments.add(attachment);
            }

            @Override
            public void onMessage(McapChannel channel, McapMessage message) {
                boolean checkpoint = channel.topic().equals(FlightLayout.CHECKPOINTS_TOPIC);
                recording.messages.add(
                        new Part(checkpoint, message.sequence(), message.logTimeNanos(), message.data()));
            }
        });
        return recording;
    }

    Recording copy() {
        Recording copy = new Recording();
        copy.messages.addAll(messages);
        copy.attachments.addAll(attachments);
        copy.metadata = metadata;
        return copy;
    }

    FlightEvidence evidence() throws IOException {
        return FlightEvidence.parseFrom(attachments.get(0).data());
    }

    void setEvidence(FlightEvidence evidence) {
        attachments.set(
                0, McapAttachment.of(FlightLayout.EVIDENCE_NAME, FlightLayout.EVIDENCE_TYPE, evidence.toByteArray()));
    }

    int indexOfRecord(int leaf) {
        return indexOf(false, leaf);
    }

    int indexOfCheckpoint(int number) {
        return indexOf(true, number);
    }

    private int indexOf(boolean checkpoint, int number) {
        int seen = 0;
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).checkpoint() == checkpoint && seen++ == number) {
                return i;
            }
        }
        throw new AssertionError("no such message: " + number);
    }

    void changeRecord(int leaf, Change change) throws Exception {
        change(indexOfRecord(leaf), change);
    }

    void changeCheckpoint(int number, Change change) throws Exception {
        change(indexOfCheckpoint(number), change);
    }

    private void change(int at, Change change) throws Exception {
        Part part = messages.get(at);
        messages.set(at, new Part(part.checkpoint(), part.sequence(), part.timeNanos(), change.apply(part.data())));
    }

    void write(Path file) throws IOException {
        try (McapWriter writer = McapWriter.create(file, options)) {
            writer.addMetadata(metadata);
            for (McapAttachment attachment : attachments) {
                writer.attach(attachment);
            }
            McapChannel records = writer.addChannel(FlightLayout.RECORDS_TOPIC, recordSchema);
            McapChannel checkpoints = writer.addChannel(checkpointsTopic, FlightLayout.CHECKPOINT_SCHEMA);
            for (Part part : messages) {
                long time = part.timeNanos() + timeShiftNanos;
                writer.write(part.checkpoint() ? checkpoints : records, part.sequence(), time, time, part.data());
            }
            writer.finish();
        }
    }
}
