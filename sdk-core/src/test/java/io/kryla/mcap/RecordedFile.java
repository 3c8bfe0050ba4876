package io.kryla.mcap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Everything that a reader delivered, and how it ended. */
final class RecordedFile implements McapVisitor {
    final List<McapSchema> schemas = new ArrayList<>();
    final List<McapChannel> channels = new ArrayList<>();
    final List<String> topics = new ArrayList<>();
    final List<McapMessage> messages = new ArrayList<>();
    final List<McapAttachment> attachments = new ArrayList<>();
    final List<McapMetadata> metadata = new ArrayList<>();
    String library = "";
    McapReadResult result = new McapReadResult.CutOff(0, 0);

    static RecordedFile read(Path file) {
        return read(file, McapLimits.STANDARD, false);
    }

    static RecordedFile readStrictly(Path file) {
        return read(file, McapLimits.STANDARD, true);
    }

    static RecordedFile read(Path file, McapLimits limits, boolean strictly) {
        RecordedFile recorded = new RecordedFile();
        try {
            recorded.result = strictly
                    ? McapReader.readStrictly(file, limits, recorded)
                    : McapReader.read(file, limits, recorded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return recorded;
    }

    @Override
    public void onHeader(String profile, String library) {
        this.library = library;
    }

    @Override
    public void onSchema(int id, McapSchema schema) {
        schemas.add(schema);
    }

    @Override
    public void onChannel(McapChannel channel) {
        channels.add(channel);
    }

    @Override
    public void onMessage(McapChannel channel, McapMessage message) {
        topics.add(channel.topic());
        messages.add(message);
    }

    @Override
    public void onAttachment(McapAttachment attachment) {
        attachments.add(attachment);
    }

    @Override
    public void onMetadata(McapMetadata metadata) {
        this.metadata.add(metadata);
    }
}
